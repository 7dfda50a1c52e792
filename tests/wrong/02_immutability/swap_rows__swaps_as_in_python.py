"""Swaps as one swaps the entries of a list."""
# diagnosis: item-assignment


def swap_rows(x, i, j):
    x[i], x[j] = x[j], x[i]
    return x
