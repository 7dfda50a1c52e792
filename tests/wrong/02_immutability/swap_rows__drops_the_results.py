"""Makes two new arrays and returns the old one."""
# diagnosis: dropped-result


def swap_rows(x, i, j):
    row_i = x[i]
    row_j = x[j]
    x.at[i].set(row_j)
    x.at[j].set(row_i)
    return x
