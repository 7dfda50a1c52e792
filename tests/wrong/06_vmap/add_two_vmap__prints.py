"""Prints the result."""
# diagnosis: nothing-returned

import jax
import jax.numpy as jnp


def add_two(number):
    return number + 2


def add_two_vmap(numbers):
    print(jax.vmap(add_two)(jnp.array(numbers)))
