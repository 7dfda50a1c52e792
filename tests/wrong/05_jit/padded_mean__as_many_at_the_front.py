"""Counts the real entries, and takes as many from the front."""
# diagnosis: real-at-the-front

import jax
import jax.numpy as jnp


@jax.jit
def padded_mean(x, mask):
    n = mask.sum()
    total = jnp.where(jnp.arange(x.shape[0]) < n, x, 0.0).sum()
    return total / jnp.maximum(n, 1)
