"""Draws each layer with the same key."""
# diagnosis: layers-identical

import jax
import jax.numpy as jnp


def init_mlp(key, sizes):
    layers = []
    for m, n in zip(sizes[:-1], sizes[1:]):
        w = jax.random.normal(key, (m, n)) / jnp.sqrt(m)
        layers.append({"w": w, "b": jnp.zeros(n)})
    return layers
