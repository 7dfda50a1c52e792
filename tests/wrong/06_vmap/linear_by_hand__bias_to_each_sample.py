"""Adds the biases as a column."""
# diagnosis: shapes-do-not-fit


def linear_by_hand(X, W, b):
    return X @ W + b[:, None]
