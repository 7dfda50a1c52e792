"""Writes the new values into the caller's dictionary."""
# diagnosis: dictionary-changed


def grow_population(state):
    state["day"] = state["day"] + 1
    state["counts"] = state["counts"] * (1 + state["rate"])
    return state
