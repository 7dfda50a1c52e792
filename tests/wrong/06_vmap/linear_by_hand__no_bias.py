"""Forgets the biases."""
# diagnosis: step-left-out


def linear_by_hand(X, W, b):
    return X @ W
