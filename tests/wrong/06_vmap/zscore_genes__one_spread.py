"""A mean for each gene, but the standard deviation of the whole table."""
# diagnosis: one-spread-for-all


def zscore_genes(counts):
    return (counts - counts.mean(axis=0)) / counts.std()
