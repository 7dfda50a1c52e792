"""Thinks that only single numbers can be mapped over, and flattens the table."""
# diagnosis: table-flattened

import jax
import jax.numpy as jnp


def add_two(number):
    return number + 2


def add_two_vmap(numbers):
    return jax.vmap(add_two)(jnp.array(numbers).flatten())
