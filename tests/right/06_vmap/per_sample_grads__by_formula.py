"""Knows the slopes from paper."""


def per_sample_grads(params, X, y):
    error = X @ params["w"] + params["b"] - y
    return {"w": 2 * error[:, None] * X, "b": 2 * error}
