"""Splits each step's key into two, and takes the columns."""

import jax


def training_keys(key, steps):
    pairs = jax.vmap(jax.random.split)(jax.random.split(key, steps))
    return pairs[:, 0], pairs[:, 1]
