"""Has a compiled function in a compiled function, and prints."""

from jax import jit
import jax
import jax.numpy as jnp


@jit
def tenth_power(values):
    print("tracing", values.shape)
    squared = values * values
    return squared**5


@jit
def ten_power_sum(values):
    return jnp.sum(tenth_power(values))
