"""Divides two Python numbers, which is an error for a rate of 1."""
# diagnosis: python-division-by-zero

import jax


def dropout(key, x, rate):
    scale = 1 / (1 - rate)
    return x * jax.random.bernoulli(key, 1 - rate, x.shape) * scale
