"""Copies to NumPy and swaps two views."""
# diagnosis: row-lost

import jax.numpy as jnp
import numpy as np


def swap_rows(x, i, j):
    rows = np.array(x)
    rows[i], rows[j] = rows[j], rows[i]
    return jnp.array(rows)
