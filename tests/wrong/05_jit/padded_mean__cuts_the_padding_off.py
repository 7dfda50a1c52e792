"""Cuts the padding off first, and compiles for each length."""
# diagnosis: compiled-for-each-length

import jax
import jax.numpy as jnp


@jax.jit
def mean_of(x):
    return x.mean()


def padded_mean(x, mask):
    real = x[mask]
    return mean_of(real) if len(real) else jnp.float32(0)
