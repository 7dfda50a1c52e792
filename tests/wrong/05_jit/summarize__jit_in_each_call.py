"""Compiles anew in each call."""
# diagnosis: jit-made-anew

import jax
import jax.numpy as jnp


def summarize(average_method, x):
    if average_method not in ("mean", "median"):
        raise ValueError(average_method)
    return jax.jit(lambda x: jnp.mean(x) if average_method == "mean" else jnp.median(x))(x)
