"""Leaves the last step out."""
# diagnosis: step-left-out


def short_f(x):
    return ((x + 2) ** 2).mean()
