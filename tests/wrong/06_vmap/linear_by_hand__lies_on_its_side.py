"""Keeps the samples as columns."""
# diagnosis: batch-axis-elsewhere


def linear_by_hand(X, W, b):
    return W.T @ X.T + b[:, None]
