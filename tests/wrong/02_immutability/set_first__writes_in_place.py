"""Writes into the array, as in NumPy."""
# diagnosis: item-assignment


def set_first(b, v):
    b[0] = v
    return b
