"""Gives a generator where a list was asked for."""
# diagnosis: wrong-kind


def dilutions(factors):
    return ((lambda concentration, f=factor: concentration / f) for factor in factors)
