"""Draws with the key of the example."""
# diagnosis: key-made-inside

import jax
from flax.training.train_state import TrainState


def create_state(key, model, dummy, tx):
    params = model.init(jax.random.key(42), dummy)["params"]
    return TrainState.create(apply_fn=model.apply, params=params, tx=tx)
