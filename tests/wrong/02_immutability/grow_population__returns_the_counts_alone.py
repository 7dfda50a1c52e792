"""Returns the new counts, and no state."""
# diagnosis: wrong-kind


def grow_population(state):
    return state["counts"] * (1 + state["rate"])
