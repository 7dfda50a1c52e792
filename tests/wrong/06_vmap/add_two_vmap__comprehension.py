"""Writes a list comprehension, and calls it vectorized."""
# diagnosis: grows-with-data

import jax.numpy as jnp


def add_two(number):
    return number + 2


def add_two_vmap(numbers):
    return jnp.array([add_two(number) for number in numbers])
