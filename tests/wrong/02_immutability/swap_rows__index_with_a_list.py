"""Uses a Python list as an index."""
# diagnosis: list-as-index


def swap_rows(x, i, j):
    return x.at[[i, j]].set(x[[j, i]])
