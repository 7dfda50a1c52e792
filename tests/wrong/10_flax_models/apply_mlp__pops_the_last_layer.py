"""Takes the last layer out of the caller's list."""
# diagnosis: input-changed

import jax


def apply_mlp(params, x):
    last = params.pop()
    for layer in params:
        x = jax.nn.relu(x @ layer["w"] + layer["b"])
    return x @ last["w"] + last["b"]
