"""Folds the number of the layer into the key, and uses a helper."""

import jax
import jax.numpy as jnp


def layer(key, m, n):
    scale = m**-0.5
    return {"b": jnp.zeros(n), "w": scale * jax.random.normal(key, (m, n))}


def init_mlp(rng_key, layer_sizes):
    """Numbers for all layers."""
    params = []
    for i in range(1, len(layer_sizes)):
        params.append(layer(jax.random.fold_in(rng_key, i), layer_sizes[i - 1], layer_sizes[i]))
    return params
