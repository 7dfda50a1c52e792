"""Sends the labels the opposite way."""
# diagnosis: pairs-torn-apart

import jax
import jax.numpy as jnp


def shuffle_pairs(key, X, y):
    order = jax.random.permutation(key, len(y))
    return X[order], y[jnp.argsort(order)]
