"""Folds in what the key is for, and then the step, in a loop."""

import jax
import jax.numpy as jnp

DATA, DROPOUT = 0, 1


def keys_for(key, purpose, steps):
    root = jax.random.fold_in(key, purpose)
    return jnp.stack([jax.random.fold_in(root, step) for step in range(steps)])


def training_keys(key: jax.Array, steps: int) -> tuple[jax.Array, jax.Array]:
    """The keys for the data and the keys for dropout."""
    return keys_for(key, DATA, steps), keys_for(key, DROPOUT, steps)
