"""Leaves the shelf out of the arguments."""
# diagnosis: wrong-arguments

n_pies = 20


def add_pies(k):
    return n_pies + k
