"""Changes the caller's dictionary, and returns nothing."""
# diagnosis: nothing-returned


def grow_population(state):
    state["day"] += 1
    state["counts"] = state["counts"] * (1 + state["rate"])
