"""Returns arrays with one entry instead of numbers."""
# diagnosis: wrong-shape

import jax


def two_draws(key):
    a, b = jax.random.split(key)
    return jax.random.normal(a, (1,)), jax.random.normal(b, (1,))
