"""Shuffles rows and labels for themselves."""
# diagnosis: pairs-torn-apart

import jax
import jax.numpy as jnp


def minibatches(key, x, y, size, epochs):
    for epoch_key in jax.random.split(key, epochs):
        x_key, y_key = jax.random.split(epoch_key)
        x, y = jax.random.permutation(x_key, x), jax.random.permutation(y_key, y)
        for start in range(0, len(x), size):
            part_x, part_y = x[start : start + size], y[start : start + size]
            missing = size - len(part_x)
            rows = ((0, missing), (0, 0))
            yield jnp.pad(part_x, rows), jnp.pad(part_y, rows), jnp.pad(jnp.ones(len(part_x)), (0, missing))
