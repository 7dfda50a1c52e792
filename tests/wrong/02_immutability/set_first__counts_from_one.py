"""Thinks that the first entry is number 1."""
# diagnosis: wrong-place


def set_first(b, v):
    return b.at[1].set(v)
