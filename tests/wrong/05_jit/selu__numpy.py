"""Computes with NumPy."""
# diagnosis: numpy-on-tracer

import numpy as np


def selu(x, alpha=1.67, lambda_=1.05):
    x = np.asarray(x, np.float32)
    return lambda_ * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
