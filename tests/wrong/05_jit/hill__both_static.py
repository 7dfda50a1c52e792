"""Takes both numbers for options."""
# diagnosis: compiled-again

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=(1, 2))
def hill(x, n, k):
    return x**n / (k**n + x**n)
