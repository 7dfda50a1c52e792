"""By formula, with the difference the other way round."""
# diagnosis: sign-reversed


def per_sample_grads(params, X, y):
    error = y - (X @ params["w"] + params["b"])
    return {"w": 2 * error[:, None] * X, "b": 2 * error}
