"""Uses each step's key for both."""
# diagnosis: same-keys-in-both

import jax


def training_keys(key, steps):
    keys = jax.random.split(key, steps)
    return keys, keys
