"""Draws with NumPy."""
# diagnosis: numpy-random

import numpy as np


def two_draws(key):
    return np.random.normal(), np.random.normal()
