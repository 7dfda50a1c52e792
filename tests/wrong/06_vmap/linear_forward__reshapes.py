"""Brings the product into its shape with `reshape`."""
# diagnosis: reshaped-for-turned


def linear_forward(W, X):
    return (W @ X.T).reshape(X.shape[0], W.shape[0])
