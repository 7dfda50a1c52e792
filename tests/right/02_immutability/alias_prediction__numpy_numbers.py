"""Keeps what NumPy gave: its own whole numbers, in a list."""

import numpy as np

x = np.array([1, 2, 3])
x += 1
alias_prediction = {"x": list(x), "u": list(np.array([1, 2, 3]))}
