"""Shuffles both with the same key, on purpose: the same key, the same order."""

import jax


def shuffle_pairs(key, X, y):
    return jax.random.permutation(key, X), jax.random.permutation(key, y)
