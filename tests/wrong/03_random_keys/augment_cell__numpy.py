"""Tosses NumPy's coins."""
# diagnosis: numpy-random

import numpy as np


def augment_cell(key, img):
    if np.random.rand() < 0.5:
        img = img[:, ::-1]
    if np.random.rand() < 0.5:
        img = img[::-1, :]
    return img
