"""Gives the dictionary another name, and updates it."""
# diagnosis: dictionary-changed


def grow_population(state):
    new = state
    new.update(day=state["day"] + 1, counts=state["counts"] * (1 + state["rate"]))
    return new
