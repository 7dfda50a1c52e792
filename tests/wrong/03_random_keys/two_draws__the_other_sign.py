"""Draws one number, and gives it another sign for the second."""
# diagnosis: numbers-related

import jax


def two_draws(key):
    number = jax.random.normal(key)
    return number, -number
