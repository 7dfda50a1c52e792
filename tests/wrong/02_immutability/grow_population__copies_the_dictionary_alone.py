"""Copies the dictionary, and changes the array in it, which both have."""
# diagnosis: inner-array-changed


def grow_population(state):
    new = dict(state)
    new["day"] += 1
    new["counts"] *= 1 + new["rate"]
    return new
