"""Selects with the mask."""
# diagnosis: boolean-mask-in-jit

import jax
import jax.numpy as jnp


@jax.jit
def padded_mean(x, mask):
    return x[mask].mean()
