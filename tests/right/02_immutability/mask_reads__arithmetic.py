"""Multiplies with masks and adds up."""


def mask_reads(bases, phred, q):
    good = phred >= q
    return bases * good + 4 * (1 - good)
