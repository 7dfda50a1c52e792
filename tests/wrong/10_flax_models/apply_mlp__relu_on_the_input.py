"""Bends what each layer is given, the first one as well."""
# diagnosis: bend-on-input

import jax


def apply_mlp(params, x):
    for layer in params:
        x = jax.nn.relu(x) @ layer["w"] + layer["b"]
    return x
