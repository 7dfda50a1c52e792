"""Adds the biases along the axis that happens to fit first."""
# diagnosis: wrong-axis


def linear_by_hand(X, W, b):
    out = X @ W
    if len(b) == len(X):
        return out + b.reshape(-1, 1)
    return out + b
