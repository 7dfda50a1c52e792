"""Writes the plain function, and compiles it by a call."""

import jax
import jax.numpy as jnp


def power_sum(arr: jax.Array) -> jax.Array:
    """Sum of tenth powers."""
    return (arr**10).sum()


ten_power_sum = jax.jit(power_sum)
