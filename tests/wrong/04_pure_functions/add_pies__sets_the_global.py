"""Puts the argument on the shelf first."""
# diagnosis: changed-outside

n_pies = 0


def add_pies(n, k):
    global n_pies
    n_pies = n
    return n_pies + k
