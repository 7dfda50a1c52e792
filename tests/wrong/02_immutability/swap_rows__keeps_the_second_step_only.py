"""Throws the first new array away."""
# diagnosis: dropped-result


def swap_rows(x, i, j):
    first = x[i]
    x.at[i].set(x[j])
    return x.at[j].set(first)
