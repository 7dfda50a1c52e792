"""Goes from entry to entry in Python, with lists and numbers."""

import numpy as np


def normalize_counts(genes, reads, G):
    totals = [0.0] * (G + 1)
    for gene, n in zip(genes, reads, strict=True):
        gene = int(gene)
        if gene < 0 or gene >= G:
            totals[G] += float(n) - 1
        elif gene > 0:
            totals[gene] += float(n) - 1
    return np.array(totals) / sum(totals)
