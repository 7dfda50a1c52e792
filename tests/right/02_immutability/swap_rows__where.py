"""Decides for each row where it comes from."""

import jax
import jax.numpy as jnp


@jax.jit
def swap_rows(x, i, j):
    rows = jnp.arange(x.shape[0])
    source = jnp.where(rows == i, j, jnp.where(rows == j, i, rows))
    return jnp.take(x, source, axis=0)
