"""Leaves out what fills no whole batch."""
# diagnosis: last-batch-lost

import jax
import jax.numpy as jnp


def minibatches(key, x, y, size, epochs):
    n = len(x)
    for epoch_key in jax.random.split(key, epochs):
        order = jax.random.permutation(epoch_key, n)
        for i in range(n // size):
            rows = order[i * size : (i + 1) * size]
            yield x[rows], y[rows], jnp.ones(size)
