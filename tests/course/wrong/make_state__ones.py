"""Begins with ones."""
# diagnosis: wrong-value

import jax.numpy as jnp
from flax.training.train_state import TrainState


def make_state(tx):
    return TrainState.create(apply_fn=lambda v, x: x @ v["params"]["w"], params={"w": jnp.ones(3)}, tx=tx)
