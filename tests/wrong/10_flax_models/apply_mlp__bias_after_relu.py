"""Bends first and adds the bias afterwards."""
# diagnosis: bias-after-bend

import jax


def apply_mlp(params, x):
    for layer in params[:-1]:
        x = jax.nn.relu(x @ layer["w"]) + layer["b"]
    return x @ params[-1]["w"] + params[-1]["b"]
