"""Takes n and k for each other."""
# diagnosis: arguments-swapped

import jax
import jax.numpy as jnp


@jax.jit
def hill(x, k, n):
    return x**n / (k**n + x**n)
