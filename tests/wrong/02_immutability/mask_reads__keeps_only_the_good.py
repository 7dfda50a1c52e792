"""Selects the good bases, so that the shape is gone."""
# diagnosis: boolean-mask-in-jit


def mask_reads(bases, phred, q):
    return bases[phred >= q]
