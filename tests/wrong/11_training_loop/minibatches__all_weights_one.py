"""Gives the filling rows a weight, too."""
# diagnosis: filling-counted

import jax
import jax.numpy as jnp


def minibatches(key, x, y, size, epochs):
    for epoch_key in jax.random.split(key, epochs):
        order = jax.random.permutation(epoch_key, len(x))
        for start in range(0, len(x), size):
            rows = order[start : start + size]
            rows = jnp.pad(rows, (0, size - len(rows)), mode="wrap")
            yield x[rows], y[rows], jnp.ones(size)
