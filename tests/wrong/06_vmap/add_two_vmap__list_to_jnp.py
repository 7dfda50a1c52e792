"""Gives the list to a function of `jnp`."""
# diagnosis: list-not-array

import jax.numpy as jnp


def add_two_vmap(numbers):
    return jnp.add(numbers, 2)
