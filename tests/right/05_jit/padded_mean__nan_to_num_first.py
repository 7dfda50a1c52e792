"""Removes NaN first, and multiplies then."""

import jax
import jax.numpy as jnp


@jax.jit
def padded_mean(x, mask):
    clean = jnp.nan_to_num(x)
    weights = mask.astype(x.dtype)
    return (clean * weights).sum() / jnp.clip(weights.sum(), 1)
