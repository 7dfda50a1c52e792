"""Gives the compiled one the old name."""

import jax
import jax.numpy as jnp


def ten_power_sum(arr):
    return jnp.einsum("i->", arr**10)


ten_power_sum = jax.jit(ten_power_sum)
