"""Assigns to `b.at[0]`."""
# diagnosis: item-assignment


def set_first(b, v):
    b.at[0] = v
    return b
