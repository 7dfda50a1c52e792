"""Splits the key, and draws two orders."""
# diagnosis: pairs-torn-apart

import jax


def shuffle_pairs(key, X, y):
    x_key, y_key = jax.random.split(key)
    return jax.random.permutation(x_key, X), jax.random.permutation(y_key, y)
