"""Folds in even numbers for the data and odd ones for dropout."""

import jax
import jax.numpy as jnp


def training_keys(key, steps):
    child = jax.vmap(lambda number: jax.random.fold_in(key, number))
    even = 2 * jnp.arange(steps)
    return child(even), child(even + 1)
