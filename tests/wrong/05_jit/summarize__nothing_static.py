"""Compiles, and does not say that the text is static."""
# diagnosis: string-argument

import jax
import jax.numpy as jnp


@jax.jit
def summarize(average_method, x):
    if average_method == "mean":
        return jnp.mean(x)
    if average_method == "median":
        return jnp.median(x)
    raise ValueError(average_method)
