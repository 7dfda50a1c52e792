"""Draws with NumPy."""
# diagnosis: not-reproducible

import numpy as np


def two_draws(key):
    return np.random.normal(), np.random.normal()
