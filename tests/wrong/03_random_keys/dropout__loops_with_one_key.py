"""Goes through the rows and draws for each with the same key."""
# diagnosis: mask-shared

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    rows = []
    for row in jnp.atleast_2d(x):
        keep = jax.random.bernoulli(key, 1 - rate, row.shape)
        rows.append(jnp.where(keep, row / (1 - rate), 0.0))
    return jnp.stack(rows).reshape(x.shape)
