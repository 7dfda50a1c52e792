"""Binds each factor as a default argument, and gives a tuple."""


def dilutions(factors):
    return tuple(lambda concentration, factor=f: concentration / factor for f in factors)
