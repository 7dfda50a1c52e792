"""Uses a Python list as an index."""
# diagnosis: raised


def swap_rows(x, i, j):
    return x.at[[i, j]].set(x[[j, i]])
