"""Averages everything."""
# diagnosis: masked-entries-counted

import jax
import jax.numpy as jnp


@jax.jit
def padded_mean(x, mask):
    return x.mean()
