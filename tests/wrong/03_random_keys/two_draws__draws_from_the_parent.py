"""Draws from the key that it has just split."""
# diagnosis: parent-key-used

import jax


def two_draws(key):
    new_key, subkey = jax.random.split(key)
    return jax.random.normal(key), jax.random.normal(subkey)
