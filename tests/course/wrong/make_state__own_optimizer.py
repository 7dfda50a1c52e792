"""Takes an optimizer of its own."""
# diagnosis: wrong-value

import jax.numpy as jnp
import optax
from flax.training.train_state import TrainState


def make_state(tx):
    return TrainState.create(
        apply_fn=lambda v, x: x @ v["params"]["w"], params={"w": jnp.zeros(3)}, tx=optax.sgd(0.1)
    )
