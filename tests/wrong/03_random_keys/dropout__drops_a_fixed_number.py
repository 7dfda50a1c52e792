"""Drops always the same number of entries, so that they are not independent."""
# diagnosis: draws-correlated

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    order = jax.random.permutation(key, x.size).reshape(x.shape)
    return jnp.where(order >= rate * x.size, x / (1 - rate), 0.0)
