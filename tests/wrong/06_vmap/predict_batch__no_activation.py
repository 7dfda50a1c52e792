"""Forgets to bend the hidden layer."""
# diagnosis: no-activation


def predict_batch(params, X):
    hidden = X @ params["hidden"]["w"] + params["hidden"]["b"]
    return hidden @ params["out"]["w"] + params["out"]["b"]
