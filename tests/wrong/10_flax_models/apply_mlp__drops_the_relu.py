"""Calls ReLU and does not keep the result."""
# diagnosis: no-activation

import jax


def apply_mlp(params, x):
    for layer in params[:-1]:
        x = x @ layer["w"] + layer["b"]
        jax.nn.relu(x)
    return x @ params[-1]["w"] + params[-1]["b"]
