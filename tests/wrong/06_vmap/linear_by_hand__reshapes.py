"""Multiplies the other way round, and reshapes."""
# diagnosis: reshaped-for-turned


def linear_by_hand(X, W, b):
    turned = W.T @ X.T + b[:, None]
    return turned.reshape(len(X), len(b))
