"""Gives numbers instead of functions."""
# diagnosis: wrong-kind


def dilutions(factors):
    return [1 / factor for factor in factors]
