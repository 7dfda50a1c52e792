"""Writes into the caller's NumPy array, as one does in NumPy."""
# diagnosis: input-changed


def mask_reads(bases, phred, q):
    bases[phred < q] = 4
    return bases
