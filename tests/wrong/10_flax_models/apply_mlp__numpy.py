"""Computes in NumPy, which cannot be compiled."""
# diagnosis: numpy-on-tracer

import numpy as np


def apply_mlp(params, x):
    x = np.asarray(x)
    for layer in params[:-1]:
        x = np.maximum(x @ np.asarray(layer["w"]) + np.asarray(layer["b"]), 0)
    return x @ np.asarray(params[-1]["w"]) + np.asarray(params[-1]["b"])
