"""Copies the dictionary, and gives two of its entries new values."""


def grow_population(state):
    new_state = state.copy()
    new_state["day"] += 1
    new_state["counts"] = new_state["counts"] + new_state["rate"] * new_state["counts"]
    return new_state
