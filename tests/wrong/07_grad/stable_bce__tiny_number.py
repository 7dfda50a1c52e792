"""Adds a tiny number inside the logarithms."""
# diagnosis: gradient-cut-off

import jax
import jax.numpy as jnp


def stable_bce(z, y):
    q = jax.nn.sigmoid(z)
    return -(y * jnp.log(q + 1e-8) + (1 - y) * jnp.log(1 - q + 1e-8))
