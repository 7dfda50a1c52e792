"""A Python loop over the layers."""

import jax
import jax.numpy as jnp


def random_ensemble(key, X, k, m):
    keys = jax.random.split(key)
    n, d = X.shape
    weights = jax.random.normal(keys[0], (k, d, m))
    biases = jax.random.normal(keys[1], (k, m))
    layers = []
    for i in range(k):
        layers.append(jnp.dot(X, weights[i]) + biases[i])
    return jnp.stack(layers)
