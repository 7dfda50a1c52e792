"""Adds the first number to the second, scaled so that both look standard normal."""
# diagnosis: numbers-related

import jax
import jax.numpy as jnp


def two_draws(key):
    first_key, second_key = jax.random.split(key)
    first = jax.random.normal(first_key)
    second = (first + jax.random.normal(second_key)) / jnp.sqrt(2)
    return first, second
