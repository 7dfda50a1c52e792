"""Returns a number instead of a function."""
# diagnosis: wrong-kind


def make_scorer(weights):
    return weights.sum()
