"""Draws with the key and splits it afterwards."""
# diagnosis: parent-key-used

import jax
import jax.numpy as jnp


def init_mlp(key, sizes):
    params = []
    for m, n in zip(sizes[:-1], sizes[1:]):
        w = jax.random.normal(key, (m, n)) / jnp.sqrt(m)
        params.append({"w": w, "b": jnp.zeros(n)})
        key, _ = jax.random.split(key)
    return params
