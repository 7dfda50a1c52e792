"""Writes the tables as PyTorch does, outputs first."""
# diagnosis: wrong-shape

import jax
import jax.numpy as jnp


def init_mlp(key, sizes):
    keys = jax.random.split(key, len(sizes) - 1)
    layers = []
    for k, m, n in zip(keys, sizes[:-1], sizes[1:]):
        layers.append({"w": jax.random.normal(k, (n, m)) / jnp.sqrt(m), "b": jnp.zeros(n)})
    return layers
