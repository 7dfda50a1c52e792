"""Builds the new dictionary with keyword arguments, and prints."""


def grow_population(state):
    births = state["counts"] * state["rate"]
    print("day", state["day"], births)
    return dict(state, day=state["day"] + 1, counts=state["counts"] + births)
