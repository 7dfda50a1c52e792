"""Multiplies with the rate."""
# diagnosis: wrong-value


def grow_population(state):
    return {**state, "day": state["day"] + 1, "counts": state["counts"] * state["rate"]}
