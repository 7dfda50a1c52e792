"""Thinks that the array has to be static."""
# diagnosis: unhashable-static

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=0)
def ten_power_sum(arr):
    return jnp.sum(arr**10)
