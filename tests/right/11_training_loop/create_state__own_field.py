"""A state class with a field of its own, and zeros of the dummy's form."""

import jax.numpy as jnp
from flax.training.train_state import TrainState


class NotedState(TrainState):
    note: str = "first"


def create_state(key, model, dummy, tx):
    example = jnp.zeros_like(dummy)
    return NotedState.create(
        apply_fn=lambda variables, *inputs: model.apply(variables, *inputs),
        params=model.init(key, example)["params"],
        tx=tx,
    )
