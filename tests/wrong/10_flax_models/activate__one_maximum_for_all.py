"""Subtracts the maximum of all rows, which is too much for some."""
# diagnosis: one-maximum-for-all

import jax
import jax.numpy as jnp


def activate(name, x):
    if name == "relu":
        return jnp.maximum(x, 0)
    if name == "sigmoid":
        return 1 / (1 + jnp.exp(-x))
    if name == "tanh":
        return jnp.tanh(x)
    if name == "gelu":
        return x / 2 * (1 + jax.scipy.special.erf(x / jnp.sqrt(2)))
    e = jnp.exp(x - x.max())
    return e / e.sum(axis=-1, keepdims=True)
