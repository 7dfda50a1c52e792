"""Swaps two cells and leaves the others."""
# diagnosis: neighbors-stay

import jax
import jax.numpy as jnp


def shuffle_pairs(key, X, y):
    pair = jax.random.randint(key, (2,), 0, len(y))
    order = jnp.arange(len(y)).at[pair].set(pair[::-1])
    return X[order], y[order]
