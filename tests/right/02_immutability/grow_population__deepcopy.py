"""Copies everything, arrays included, and changes the copy in place."""

import copy


def grow_population(state):
    state = copy.deepcopy(state)
    state["day"] += 1
    state["counts"] *= 1 + state["rate"]
    return state
