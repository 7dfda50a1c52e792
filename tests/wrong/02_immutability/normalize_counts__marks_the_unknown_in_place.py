"""Leaves the reads alone, and writes into the caller's genes instead."""
# diagnosis: item-assignment

import numpy as np


def normalize_counts(genes, reads, G):
    genes[(genes < 0) | (genes >= G)] = G
    counts = np.zeros(G + 1)
    np.add.at(counts, genes, np.asarray(reads) - 1.0)
    counts[0] = 0.0
    return counts / counts.sum()
