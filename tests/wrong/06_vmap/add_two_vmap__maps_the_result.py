"""Puts the brackets in the wrong place."""
# diagnosis: map-of-value

import jax
import jax.numpy as jnp


def add_two(number):
    return number + 2


def add_two_vmap(numbers):
    return jax.vmap(add_two(jnp.asarray(numbers)))
