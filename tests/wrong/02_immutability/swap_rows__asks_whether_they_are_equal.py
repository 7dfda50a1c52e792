"""Treats equal rows with `if`."""
# diagnosis: python-if-on-tracer


def swap_rows(x, i, j):
    if i == j:
        return x
    return x.at[i].set(x[j]).at[j].set(x[i])
