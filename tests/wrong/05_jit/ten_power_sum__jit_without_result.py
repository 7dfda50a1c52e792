"""Calls jit, and keeps the plain function."""
# diagnosis: not-compiled

import jax
import jax.numpy as jnp


def ten_power_sum(arr):
    return jnp.sum(arr**10)


jax.jit(ten_power_sum)
