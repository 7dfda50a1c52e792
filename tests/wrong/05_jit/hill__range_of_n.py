"""Multiplies in a loop over n."""
# diagnosis: concrete-value-in-jit

import jax
import jax.numpy as jnp


@jax.jit
def hill(x, n, k):
    top = 1.0
    for _ in range(int(n)):
        top = top * x
    return top / (k**n + top)
