"""Splits the key before it is used."""
# diagnosis: recipe-not-followed

import jax
from flax.training.train_state import TrainState


def create_state(key, model, dummy, tx):
    key, init_key = jax.random.split(key)
    params = model.init(init_key, dummy)["params"]
    return TrainState.create(apply_fn=model.apply, params=params, tx=tx)
