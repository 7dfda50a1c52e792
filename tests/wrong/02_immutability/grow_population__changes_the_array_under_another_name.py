"""Gives the caller's array a name of its own, and changes it."""
# diagnosis: inner-array-changed


def grow_population(state):
    counts = state["counts"]
    counts += counts * state["rate"]
    return {**state, "counts": counts, "day": state["day"] + 1}
