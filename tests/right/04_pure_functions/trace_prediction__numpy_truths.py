"""Truth values of NumPy."""

import numpy as np

counts = np.array([0, 1, 1, 2, 2, 3, 4, 4, 5])
trace_prediction = {name: more for name, more in zip("abcdefgh", np.diff(counts) > 0)}
