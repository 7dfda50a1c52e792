"""Compiles only the sum of JAX, and takes the powers outside."""
# diagnosis: not-compiled

import jax
import jax.numpy as jnp

fast_sum = jax.jit(jnp.sum)


def ten_power_sum(arr):
    return fast_sum(arr**10)
