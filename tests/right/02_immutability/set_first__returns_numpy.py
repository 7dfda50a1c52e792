"""Returns a NumPy array of the same dtype."""

import numpy as np


def set_first(b, v):
    new = np.array(b)
    new[0] = v
    return new
