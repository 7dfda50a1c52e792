"""Thinks that a mask decides on the program."""
# diagnosis: unhashable-static

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="mask")
def padded_mean(x, mask):
    return jnp.where(mask, x, 0.0).sum() / jnp.maximum(mask.sum(), 1)
