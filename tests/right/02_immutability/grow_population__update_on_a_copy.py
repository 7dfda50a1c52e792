"""Starts from an empty dictionary, and puts everything in, the new entries last."""


def grow_population(state):
    rate = state["rate"]
    new = {}
    new.update(state)
    new.update({"day": state["day"] + 1, "counts": state["counts"] + state["counts"] * rate})
    return new
