"""Writes row i first, and reads it afterwards."""
# diagnosis: row-lost


def swap_rows(x, i, j):
    x = x.at[i].set(x[j])
    x = x.at[j].set(x[i])
    return x
