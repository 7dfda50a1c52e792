"""Computes with NumPy, which needs numbers."""
# diagnosis: numpy-on-tracer

import numpy as np


def short_f(x):
    return np.float32(np.mean((np.asarray(x) + 2) ** 2 + 3))
