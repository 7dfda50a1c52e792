"""Does not shuffle."""
# diagnosis: not-shuffled

import jax.numpy as jnp


def minibatches(key, x, y, size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), size):
            rows = jnp.arange(start, min(start + size, len(x)))
            missing = size - len(rows)
            filled = jnp.pad(rows, (0, missing))
            yield x[filled], y[filled], jnp.pad(jnp.ones(len(rows)), (0, missing))
