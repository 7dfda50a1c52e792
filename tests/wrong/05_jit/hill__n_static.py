"""Takes the exponent for an option."""
# diagnosis: compiled-again

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="n")
def hill(x, n, k):
    return x**n / (k**n + x**n)
