"""Draws a whole table at once, and takes the mean of each row."""

import jax


def bootstrap_means(key, x, B):
    n = len(x)
    return jax.random.choice(key, x, shape=(B, n), replace=True).mean(axis=1)
