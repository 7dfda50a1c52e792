"""Lets JAX's own rule draw the tables."""

import jax
import jax.numpy as jnp


def init_mlp(key, sizes):
    init = jax.nn.initializers.lecun_normal()
    keys = jax.random.split(key, len(sizes) - 1)
    return [
        {"w": init(keys[i], (sizes[i], sizes[i + 1])), "b": jnp.zeros((sizes[i + 1],))} for i in range(len(sizes) - 1)
    ]
