"""Assigns to `b.at[0]`."""
# diagnosis: at-not-a-call


def set_first(b, v):
    b.at[0] = v
    return b
