"""Compiled by its author, with types, a docstring, and JAX doing the sum."""

import jax
import jax.numpy as jnp


@jax.jit
def add_pies(n: int, k: int) -> jax.Array:
    """All pies."""
    return jnp.add(n, k)
