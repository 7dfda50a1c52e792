"""Copies NumPy arrays and writes into the copy; everything else goes through JAX."""

import jax.numpy as jnp
import numpy as np


def mask_reads(bases, phred, q):
    if isinstance(bases, np.ndarray) and isinstance(phred, np.ndarray):
        out = bases.copy()
        out[phred < q] = 4
        return out
    return jnp.where(jnp.less(phred, q), 4, bases)
