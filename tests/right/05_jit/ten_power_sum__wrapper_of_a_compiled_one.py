"""Is a plain function around a compiled one that does it all."""

import jax
import jax.numpy as jnp


@jax.jit
def fast(arr):
    total = jnp.zeros((), jnp.int32)
    for _ in range(1):
        total = total + jnp.sum(arr**10)
    return total


def ten_power_sum(arr):
    return fast(arr)
