"""Draws the mask with NumPy."""
# diagnosis: numpy-random

import jax.numpy as jnp
import numpy as np


def dropout(key, x, rate):
    keep = np.random.rand(*x.shape) >= rate
    return jnp.where(keep, x / (1 - rate), 0.0)
