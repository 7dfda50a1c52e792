"""Takes care of the largest rate first, and compares uniform numbers with the rate."""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    if rate == 1.0:
        return jnp.zeros_like(x)
    keep_prob = 1.0 - rate
    mask = jax.random.uniform(key, x.shape) >= rate
    return x * mask / keep_prob
