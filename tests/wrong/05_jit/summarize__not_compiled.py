"""Does not compile at all."""
# diagnosis: not-compiled

import jax.numpy as jnp


def summarize(average_method, x):
    if average_method == "mean":
        return jnp.mean(x)
    if average_method == "median":
        return jnp.median(x)
    raise ValueError(average_method)
