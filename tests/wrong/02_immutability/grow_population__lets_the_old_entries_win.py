"""Copies the old entries last, over the new ones."""
# diagnosis: old-entries-win


def grow_population(state):
    counts = state["counts"] * (1 + state["rate"])
    return {"day": state["day"] + 1, "counts": counts, **state}
