"""Asks the coin with a Python `if`."""
# diagnosis: python-if-on-tracer

import jax


def augment_cell(key, img):
    left_right_key, up_down_key = jax.random.split(key)
    if jax.random.bernoulli(left_right_key):
        img = img[:, ::-1]
    if jax.random.bernoulli(up_down_key):
        img = img[::-1, :]
    return img
