"""Hands out the data of the keys, which are raw keys."""
# diagnosis: key-form-changed

import jax


def training_keys(key, steps):
    keys = jax.random.key_data(jax.random.split(key, 2 * steps))
    return keys[:steps], keys[steps:]
