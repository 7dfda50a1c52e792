"""Splits the same key a second time, and hopes for other keys."""
# diagnosis: split-twice

import jax


def training_keys(key, n):
    data_keys = jax.random.split(key, n)
    dropout_keys = jax.random.split(key, n)
    return data_keys, dropout_keys
