"""Asks in each round whether this is the last layer; compiled."""

import jax
import jax.numpy as jnp


@jax.jit
def apply_mlp(params, x):
    h = x
    for i, p in enumerate(params):
        h = h @ p["w"] + p["b"]
        if i != len(params) - 1:
            h = jnp.where(h > 0, h, 0)
    return h
