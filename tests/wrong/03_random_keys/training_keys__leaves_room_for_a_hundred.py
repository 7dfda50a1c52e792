"""Starts dropout at 100, which a training of 200 steps reaches."""
# diagnosis: fold-in-collision

import jax
import jax.numpy as jnp


def training_keys(key, steps):
    data_keys = [jax.random.fold_in(key, step) for step in range(steps)]
    dropout_keys = [jax.random.fold_in(key, 100 + step) for step in range(steps)]
    return jnp.stack(data_keys), jnp.stack(dropout_keys)
