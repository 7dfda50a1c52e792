"""Draws the biases first, and splits again for the weights."""
# diagnosis: split-for-each-draw

import jax
import jax.numpy as jnp


def random_ensemble(key, X, k, m):
    key, b_key = jax.random.split(key)
    b = jax.random.normal(b_key, (k, m))
    key, w_key = jax.random.split(key)
    W = jax.random.normal(w_key, (k, X.shape[1], m))
    return jnp.einsum("nd,kdm->knm", X, W) + b[:, None, :]
