"""Works on its side, and turns the result."""


def linear_by_hand(X, W, b):
    return (W.T @ X.T + b[:, None]).T
