"""Draws twice with the same key."""
# diagnosis: key-reused

import jax


def two_draws(key):
    return jax.random.normal(key), jax.random.normal(key)
