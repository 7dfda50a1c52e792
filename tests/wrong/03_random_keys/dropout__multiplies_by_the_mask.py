"""Multiplies by the mask and divides: 0 / 0 for a rate of 1."""
# diagnosis: not-finite

import jax


def dropout(key, x, rate):
    mask = jax.random.bernoulli(key, 1 - rate, x.shape)
    return x * mask / (1 - rate)
