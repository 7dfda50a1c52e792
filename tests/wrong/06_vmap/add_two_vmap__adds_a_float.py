"""Adds 2.0, and whole numbers become floats."""
# diagnosis: wrong-dtype

import jax
import jax.numpy as jnp


def add_two_vmap(numbers):
    return jax.vmap(lambda number: number + 2.0)(jnp.array(numbers))
