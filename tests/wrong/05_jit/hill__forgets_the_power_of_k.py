"""Adds k itself in the divisor."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


@jax.jit
def hill(x, n, k):
    return x**n / (k + x**n)
