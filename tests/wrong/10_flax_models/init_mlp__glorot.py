"""Uses the variance of Xavier and Glorot."""
# diagnosis: initial-spread

import jax
import jax.numpy as jnp


def init_mlp(key, sizes):
    keys = jax.random.split(key, len(sizes) - 1)
    layers = []
    for k, m, n in zip(keys, sizes[:-1], sizes[1:]):
        w = jax.random.normal(k, (m, n)) * jnp.sqrt(2 / (m + n))
        layers.append({"w": w, "b": jnp.zeros(n)})
    return layers
