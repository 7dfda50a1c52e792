"""Binds the weights first, and compiles."""

from functools import partial

import jax
import jax.numpy as jnp


@jax.jit
def linear_forward(W, X):
    layer = partial(jnp.dot, W)
    return jax.vmap(layer)(X)
