"""Leaves the mean out."""
# diagnosis: step-left-out


def short_f(x):
    return (x + 2) ** 2 + 3
