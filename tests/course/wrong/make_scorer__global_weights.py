"""Keeps the weights in a global, so that all scorers have the last ones."""
# diagnosis: late-binding


def make_scorer(weights):
    global last_weights
    last_weights = weights
    return lambda onehot: (last_weights * onehot).sum()
