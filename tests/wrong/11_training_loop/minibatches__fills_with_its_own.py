"""Fills up with the first rows of the order, and they may not be enough."""
# diagnosis: one-size-only

import jax
import jax.numpy as jnp


def minibatches(key, x, y, size, epochs):
    n = x.shape[0]
    missing = -n % size
    for epoch_key in jax.random.split(key, epochs):
        order = jax.random.permutation(epoch_key, n)
        order = jnp.concatenate([order, order[:missing]])
        weights = jnp.concatenate([jnp.ones(n), jnp.zeros(len(order) - n)])
        for start in range(0, len(order), size):
            rows = order[start : start + size]
            yield x[rows], y[rows], weights[start : start + size]
