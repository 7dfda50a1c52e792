"""Shuffles each epoch with the same key."""
# diagnosis: key-not-advanced

import jax
import jax.numpy as jnp


def minibatches(key, x, y, size, epochs):
    for epoch in range(epochs):
        order = jax.random.permutation(key, len(x))
        for start in range(0, len(x), size):
            rows = order[start : start + size]
            missing = size - len(rows)
            yield x[jnp.pad(rows, (0, missing))], y[jnp.pad(rows, (0, missing))], jnp.pad(jnp.ones(len(rows)), (0, missing))
