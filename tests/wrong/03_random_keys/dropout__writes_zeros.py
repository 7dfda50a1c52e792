"""Writes zeros into the array."""
# diagnosis: item-assignment

import jax


def dropout(key, x, rate):
    drop = jax.random.bernoulli(key, rate, x.shape)
    y = x / (1 - rate)
    y[drop] = 0.0
    return y
