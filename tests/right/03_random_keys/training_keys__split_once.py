"""Splits once, into all keys at once, and cuts the array in two."""

import jax


def training_keys(key, steps):
    keys = jax.random.split(key, 2 * steps)
    return keys[:steps], keys[steps:]
