"""Chooses with NumPy, which cannot work inside jit."""
# diagnosis: numpy-on-tracer

import numpy as np


def mask_reads(bases, phred, q):
    return np.where(phred < q, 4, bases)
