"""Asks each base with `if`."""
# diagnosis: python-if-on-tracer


def running_gc(state, read):
    gc = state["gc"]
    for base in read:
        if base == 1 or base == 2:
            gc = gc + 1
    bases = state["bases"] + read.shape[0]
    return {"gc": gc, "bases": bases}, gc / bases
