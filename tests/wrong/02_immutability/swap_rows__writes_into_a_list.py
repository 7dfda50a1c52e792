"""Makes a list of numbers for the order of the rows."""
# diagnosis: numpy-on-tracer

import numpy as np


def swap_rows(x, i, j):
    order = np.arange(x.shape[0])
    order[[i, j]] = order[[j, i]]
    return x[order]
