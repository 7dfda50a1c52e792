"""Counts in NumPy with `+=`, where equal indices count once."""
# diagnosis: set-instead-of-add

import numpy as np


def kmer_counts(idx, K):
    place = np.asarray(idx).copy()
    place[(place < 0) | (place >= K)] = K
    counts = np.zeros(K + 1, dtype=np.int32)
    counts[place] += 1
    return counts
