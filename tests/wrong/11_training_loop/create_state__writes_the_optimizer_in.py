"""Writes into the new state."""
# diagnosis: frozen-state

import optax
from flax.training.train_state import TrainState


def create_state(key, model, dummy, tx):
    params = model.init(key, dummy)["params"]
    state = TrainState.create(apply_fn=model.apply, params=params, tx=optax.sgd(0.1))
    state.tx = tx
    return state
