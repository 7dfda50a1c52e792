"""Adds up with NumPy."""
# diagnosis: numpy-on-tracer

import jax
import numpy as np


@jax.jit
def ten_power_sum(arr):
    return np.sum(np.asarray(arr) ** 10)
