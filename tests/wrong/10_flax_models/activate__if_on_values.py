"""Asks with an if whether `x` is positive."""
# diagnosis: truth-of-an-array

import jax
import jax.numpy as jnp


def activate(name, x):
    if name == "relu":
        return x if x > 0 else 0 * x
    if name == "sigmoid":
        return 1 / (1 + jnp.exp(-x))
    if name == "tanh":
        return jnp.tanh(x)
    if name == "gelu":
        return jax.nn.gelu(x)
    return jax.nn.softmax(x)
