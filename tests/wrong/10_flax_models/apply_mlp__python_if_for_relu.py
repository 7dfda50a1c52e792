"""Writes ReLU with an if."""
# diagnosis: truth-of-an-array


def relu(x):
    if x > 0:
        return x
    return 0


def apply_mlp(params, x):
    for layer in params[:-1]:
        x = relu(x @ layer["w"] + layer["b"])
    return x @ params[-1]["w"] + params[-1]["b"]
