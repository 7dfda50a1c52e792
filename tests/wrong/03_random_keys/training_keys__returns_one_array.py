"""Returns all the keys in one array."""
# diagnosis: wrong-kind

import jax


def training_keys(key, steps):
    return jax.random.split(key, 2 * steps)
