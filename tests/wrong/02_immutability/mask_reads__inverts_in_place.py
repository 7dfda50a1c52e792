"""Writes into the caller's array, and on the wrong side as well."""
# diagnosis: input-changed


def mask_reads(bases, phred, q):
    bases[phred >= q] = 4
    return bases
