"""Bends after every layer, the last one too."""
# diagnosis: last-layer-cut

import jax


def apply_mlp(params, x):
    for layer in params:
        x = jax.nn.relu(x @ layer["w"] + layer["b"])
    return x
