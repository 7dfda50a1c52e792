"""Divides the concentration by k first."""

import jax
import jax.numpy as jnp


@jax.jit
def hill(x: jax.Array, n: float, k: float) -> jax.Array:
    """Hill equation."""
    ratio = (x / k) ** n
    return ratio / (1 + ratio)
