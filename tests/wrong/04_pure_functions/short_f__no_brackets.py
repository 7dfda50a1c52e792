"""Squares the 2 alone."""
# diagnosis: power-too-early


def short_f(x):
    return (x + 2**2 + 3).mean()
