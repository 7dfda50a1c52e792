"""Draws the biases at random, too."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


def init_mlp(key, sizes):
    params = []
    for m, n in zip(sizes[:-1], sizes[1:]):
        key, w_key, b_key = jax.random.split(key, 3)
        w = jax.random.normal(w_key, (m, n)) / jnp.sqrt(m)
        params.append({"w": w, "b": jax.random.normal(b_key, (n,))})
    return params
