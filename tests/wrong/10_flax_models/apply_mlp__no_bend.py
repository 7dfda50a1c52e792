"""Multiplies through all layers without a bend."""
# diagnosis: no-activation


def apply_mlp(params, x):
    for layer in params:
        x = x @ layer["w"] + layer["b"]
    return x
