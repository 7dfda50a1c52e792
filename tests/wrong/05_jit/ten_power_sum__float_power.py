"""Raises to a power with a decimal point."""
# diagnosis: wrong-dtype

import jax
import jax.numpy as jnp


@jax.jit
def ten_power_sum(arr):
    return jnp.sum(arr**10.0)
