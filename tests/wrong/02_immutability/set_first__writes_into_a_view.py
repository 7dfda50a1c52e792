"""Writes into the NumPy view of the array."""
# diagnosis: read-only-array

import numpy as np


def set_first(b, v):
    view = np.asarray(b)
    view[0] = v
    return view
