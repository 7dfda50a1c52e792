"""Writes tanh as its formula stands."""
# diagnosis: power-too-large

import jax
import jax.numpy as jnp


def activate(name, x):
    if name == "relu":
        return jnp.maximum(x, 0)
    if name == "sigmoid":
        return 1 / (1 + jnp.exp(-x))
    if name == "tanh":
        return (jnp.exp(x) - jnp.exp(-x)) / (jnp.exp(x) + jnp.exp(-x))
    if name == "gelu":
        return x / 2 * (1 + jax.scipy.special.erf(x / jnp.sqrt(2)))
    e = jnp.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
