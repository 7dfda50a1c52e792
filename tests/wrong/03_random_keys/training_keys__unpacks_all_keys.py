"""Unpacks all the keys into two names."""
# diagnosis: too-many-keys-unpacked

import jax


def training_keys(key, steps):
    data_keys, dropout_keys = jax.random.split(key, 2 * steps)
    return data_keys, dropout_keys
