"""Writes the new dictionary out by hand."""
# diagnosis: entries-missing


def grow_population(state):
    counts = state["counts"] * (1 + state["rate"])
    return {"day": state["day"] + 1, "counts": counts, "rate": state["rate"]}
