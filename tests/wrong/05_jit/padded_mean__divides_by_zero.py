"""Divides by 0 where nothing is real."""
# diagnosis: empty-mean

import jax
import jax.numpy as jnp


@jax.jit
def padded_mean(x, mask):
    return jnp.where(mask, x, 0.0).sum() / mask.sum()
