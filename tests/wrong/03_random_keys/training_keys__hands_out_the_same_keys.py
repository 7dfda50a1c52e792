"""Uses each step's key for both."""
# diagnosis: key-reused

import jax


def training_keys(key, steps):
    keys = jax.random.split(key, steps)
    return keys, keys
