"""Writes the sum, and forgets to compile it."""
# diagnosis: not-compiled

import jax.numpy as jnp


def ten_power_sum(arr):
    return jnp.sum(arr**10)
