"""Takes `add` for the way to put a value somewhere."""
# diagnosis: added-instead-of-set


def set_first(b, v):
    return b.at[0].add(v)
