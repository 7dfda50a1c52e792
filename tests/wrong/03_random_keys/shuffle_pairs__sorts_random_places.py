"""Sorts whole numbers of which some are equal."""
# diagnosis: orders-not-even

import jax
import jax.numpy as jnp


def shuffle_pairs(key, X, y):
    n = len(y)
    order = jnp.argsort(jax.random.randint(key, (n,), 0, n))
    return X[order], y[order]
