"""Lets Flax do it."""

import flax.linen as nn


def dropout(key, x, rate):
    return nn.Dropout(rate, deterministic=False).apply({}, x, rngs={"dropout": key})
