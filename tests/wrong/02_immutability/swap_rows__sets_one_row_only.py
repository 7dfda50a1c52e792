"""Puts one row in its new place, and forgets the other."""
# diagnosis: row-lost


def swap_rows(x, i, j):
    return x.at[i].set(x[j])
