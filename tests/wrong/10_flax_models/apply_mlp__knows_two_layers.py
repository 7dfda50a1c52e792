"""Is written for two layers."""
# diagnosis: past-the-end

import jax


def apply_mlp(params, x):
    hidden = jax.nn.relu(x @ params[0]["w"] + params[0]["b"])
    return hidden @ params[1]["w"] + params[1]["b"]
