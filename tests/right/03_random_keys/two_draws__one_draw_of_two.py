"""Makes one draw of two numbers and takes it apart."""

import jax


def two_draws(key):
    a, b = jax.random.normal(key, (2,))
    return a, b
