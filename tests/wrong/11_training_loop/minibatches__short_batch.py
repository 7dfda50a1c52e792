"""Makes a shorter batch of the rest."""
# diagnosis: batch-sizes-differ

import jax
import jax.numpy as jnp


def minibatches(key, x, y, size, epochs):
    for epoch_key in jax.random.split(key, epochs):
        order = jax.random.permutation(epoch_key, len(x))
        for start in range(0, len(x), size):
            rows = order[start : start + size]
            yield x[rows], y[rows], jnp.ones(len(rows))
