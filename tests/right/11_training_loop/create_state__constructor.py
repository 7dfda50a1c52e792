"""Fills each field by its name, without `create`."""

import jax
from flax.training.train_state import TrainState


def create_state(key, model, dummy, tx) -> TrainState:
    """The first state."""
    params = jax.jit(model.init)(key, dummy)["params"]
    return TrainState(step=0, apply_fn=model.apply, params=params, tx=tx, opt_state=tx.init(params))
