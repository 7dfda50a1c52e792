"""Measures with NumPy."""
# diagnosis: numpy-on-tracer

import numpy as np


def pair_energy(cells):
    cells = np.asarray(cells)
    return np.linalg.norm(cells[:, None] - cells[None], axis=-1).sum() / 2
