"""Puts the argument on the shelf, for a compiled function that looked at the shelf before."""
# diagnosis: old-value-compiled-in

import jax

n_pies = 0


@jax.jit
def add_to_shelf(k):
    return n_pies + k


def add_pies(n, k):
    global n_pies
    n_pies = n
    return add_to_shelf(k)
