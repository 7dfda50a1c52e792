"""A state with a field of its own."""

from typing import Any

import jax.numpy as jnp
from flax.training import train_state


class State(train_state.TrainState):
    note: Any = None


def make_state(tx):
    weights = {"w": jnp.zeros((3,), jnp.float32)}
    return State.create(apply_fn=lambda v, x: jnp.dot(x, v["params"]["w"]), params=weights, tx=tx, note="mine")
