"""Splits in a loop and never goes on with the new key."""
# diagnosis: split-twice

import jax
import jax.numpy as jnp


def training_keys(key, steps):
    data_keys, dropout_keys = [], []
    for _ in range(steps):
        data_key, dropout_key = jax.random.split(key)
        data_keys.append(data_key)
        dropout_keys.append(dropout_key)
    return jnp.stack(data_keys), jnp.stack(dropout_keys)
