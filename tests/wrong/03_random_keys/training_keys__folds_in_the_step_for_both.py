"""Folds the step into one parent, for both arrays."""
# diagnosis: same-keys-in-both

import jax
import jax.numpy as jnp


def training_keys(key, steps):
    parent, _ = jax.random.split(key)
    data_keys = jnp.stack([jax.random.fold_in(parent, i) for i in range(steps)])
    dropout_keys = jnp.stack([jax.random.fold_in(parent, i) for i in range(steps)])
    return data_keys, dropout_keys
