"""Clips the probability."""
# diagnosis: gradient-cut-off

import jax
import jax.numpy as jnp


def stable_bce(z, y):
    q = jnp.clip(jax.nn.sigmoid(z), 1e-7, 1 - 1e-7)
    return -y * jnp.log(q) - (1 - y) * jnp.log(1 - q)
