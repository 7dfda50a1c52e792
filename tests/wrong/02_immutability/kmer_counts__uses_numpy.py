"""Counts with NumPy, which cannot work inside jit."""
# diagnosis: numpy-on-tracer

import numpy as np


def kmer_counts(idx, K):
    place = np.where((np.asarray(idx) >= 0) & (np.asarray(idx) < K), idx, K)
    return np.bincount(place, minlength=K + 1).astype(np.int32)
