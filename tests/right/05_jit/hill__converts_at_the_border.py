"""Makes arrays of the numbers, and calls a compiled function."""

import jax
import jax.numpy as jnp


@jax.jit
def _bound(x, n, k):
    top = jnp.power(x, n)
    return top / (jnp.power(k, n) + top)


def hill(x, n, k):
    return _bound(x, jnp.float32(n), jnp.float32(k))
