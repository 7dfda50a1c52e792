"""Carries the key along, and splits two keys off in each step."""

import jax
import jax.numpy as jnp


def training_keys(key, steps):
    data_keys = []
    dropout_keys = []
    for step in range(steps):
        key, data_key, dropout_key = jax.random.split(key, 3)
        data_keys.append(data_key)
        dropout_keys.append(dropout_key)
    print("made", len(data_keys), "keys")
    return jnp.array(data_keys), jnp.array(dropout_keys)
