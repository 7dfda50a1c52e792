"""Takes a coin and a number from one key: they are opposites."""
# diagnosis: draws-correlated

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    img = jnp.where(jax.random.bernoulli(key), img[:, ::-1], img)
    return jnp.where(jax.random.uniform(key) > 0.5, img[::-1, :], img)
