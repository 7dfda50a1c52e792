"""Adds all up."""
# diagnosis: sum-instead-of-mean


def short_f(x):
    return ((x + 2) ** 2 + 3).sum()
