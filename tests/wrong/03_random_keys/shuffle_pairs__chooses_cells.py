"""Draws with `choice`, which puts back."""
# diagnosis: sampling-with-replacement

import jax
import jax.numpy as jnp


def shuffle_pairs(key, X, y):
    order = jax.random.choice(key, jnp.arange(len(y)), (len(y),))
    return X[order], y[order]
