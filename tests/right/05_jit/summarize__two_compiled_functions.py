"""Has a compiled function for each word."""

import jax
import jax.numpy as jnp


@jax.jit
def mean_of(x):
    return jnp.mean(x)


@jax.jit
def median_of(x):
    return jnp.median(x)


def summarize(average_method: str, x: jax.Array) -> jax.Array:
    if average_method not in ("mean", "median"):
        raise ValueError(f"{average_method} is not supported")
    return mean_of(x) if average_method == "mean" else median_of(x)
