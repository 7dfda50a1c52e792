"""Takes ten to the power of each entry."""
# diagnosis: power-turned-round

import jax
import jax.numpy as jnp


@jax.jit
def ten_power_sum(arr):
    return jnp.sum(10**arr)
