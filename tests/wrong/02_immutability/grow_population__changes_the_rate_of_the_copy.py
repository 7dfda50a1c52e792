"""Copies the dictionary, and makes a factor of the rate with `+=`: values and caller's array are both wrong."""
# diagnosis: inner-array-changed


def grow_population(state):
    state = dict(state)
    rate = state["rate"]
    rate += 1
    state["counts"] = state["counts"] * rate
    state["day"] += 1
    return state
