"""Draws the second number from the uniform distribution."""
# diagnosis: wrong-distribution

import jax


def two_draws(key):
    a, b = jax.random.split(key)
    return jax.random.normal(a), jax.random.uniform(b)
