"""Writes the formula as it stands in the book."""
# diagnosis: log-of-zero

import jax
import jax.numpy as jnp


def stable_bce(z, y):
    q = jax.nn.sigmoid(z)
    return -(y * jnp.log(q) + (1 - y) * jnp.log(1 - q))
