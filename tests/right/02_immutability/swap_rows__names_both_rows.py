"""Takes both rows out first."""


def swap_rows(x, i, j):
    row_i, row_j = x[i], x[j]
    x = x.at[i].set(row_j)
    x = x.at[j].set(row_i)
    return x
