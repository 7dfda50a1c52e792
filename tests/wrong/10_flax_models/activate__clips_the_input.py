"""Cuts off what is far from zero, so that no power is infinite."""
# diagnosis: entries-cut-off

import jax
import jax.numpy as jnp


def activate(name, x):
    if name == "relu":
        return jnp.where(x > 0, x, 0)
    if name == "gelu":
        return x / 2 * (1 + jax.scipy.special.erf(x / 2**0.5))
    x = jnp.clip(x, -40, 40)
    if name == "sigmoid":
        return 1 / (1 + jnp.exp(-x))
    if name == "tanh":
        return (jnp.exp(x) - jnp.exp(-x)) / (jnp.exp(x) + jnp.exp(-x))
    e = jnp.exp(x)
    return e / e.sum(axis=-1, keepdims=True)
