"""Adds a small number to the standard deviation, whose root is still taken at 0."""
# diagnosis: slope-not-finite


def zscore_genes(counts):
    return (counts - counts.mean(axis=0)) / (counts.std(axis=0) + 1e-7)
