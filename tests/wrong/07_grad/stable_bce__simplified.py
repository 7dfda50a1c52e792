"""Simplifies the formula on paper."""
# diagnosis: infinite-far-out

import jax.numpy as jnp


def stable_bce(z, y):
    return jnp.log(1 + jnp.exp(z)) - y * z
