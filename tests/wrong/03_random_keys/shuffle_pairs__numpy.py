"""Draws the order with NumPy."""
# diagnosis: numpy-random

import numpy as np


def shuffle_pairs(key, X, y):
    perm = np.random.permutation(len(y))
    return X[perm], y[perm]
