"""Compiles in each call a function that knows n and k."""
# diagnosis: jit-made-anew

import jax
import jax.numpy as jnp


def hill(x, n, k):
    @jax.jit
    def share(x):
        return x**n / (k**n + x**n)

    return share(x)
