"""Turns the order by a random number of places."""
# diagnosis: rows-stay-together

import jax
import jax.numpy as jnp


def minibatches(key, x, y, size, epochs):
    n = len(x)
    for k in jax.random.split(key, epochs):
        order = jnp.roll(jnp.arange(n), jax.random.randint(k, (), 1, max(n, 2)))
        for start in range(0, n, size):
            rows = order[start : start + size]
            missing = size - len(rows)
            filled = jnp.pad(rows, (0, missing))
            yield x[filled], y[filled], jnp.pad(jnp.ones(len(rows)), (0, missing))
