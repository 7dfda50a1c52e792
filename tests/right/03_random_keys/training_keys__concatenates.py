"""Begins with no keys and appends, in one array of each kind."""

import jax
import jax.numpy as jnp


def training_keys(key, steps):
    roots = jax.random.split(key, 2)
    arrays = []
    for root in roots:
        keys = jax.random.split(root, 1)
        for step in range(1, steps):
            keys = jnp.concatenate([keys, jax.random.fold_in(root, step)[None]])
        arrays.append(keys)
    return tuple(arrays)
