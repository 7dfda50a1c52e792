"""Believes that arrays hold whole numbers."""
# diagnosis: wrong-value


def set_first(b, v):
    return b.at[0].set(int(v))
