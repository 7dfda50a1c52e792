"""Splits the same key twice, and takes the first child each time."""
# diagnosis: split-twice

import jax


def two_draws(key):
    first_key, _ = jax.random.split(key)
    second_key, _ = jax.random.split(key)
    return jax.random.normal(first_key), jax.random.normal(second_key)
