"""Asks first whether a list came in."""

import jax
import jax.numpy as jnp


def add_two_vmap(numbers):
    if isinstance(numbers, list):
        numbers = jnp.array(numbers, dtype=jnp.int32)
    return jax.vmap(lambda number: number + 2)(numbers)
