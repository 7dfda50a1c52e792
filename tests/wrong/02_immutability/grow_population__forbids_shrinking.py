"""Asks with `if` whether bacteria die."""
# diagnosis: truth-of-an-array


def grow_population(state):
    counts = state["counts"]
    if state["rate"] > 0:
        counts = counts * (1 + state["rate"])
    return {**state, "day": state["day"] + 1, "counts": counts}
