"""Tosses coins that rarely fall on True."""
# diagnosis: wrong-distribution

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    k1, k2 = jax.random.split(key)
    img = jnp.where(jax.random.bernoulli(k1, 0.2), img[:, ::-1], img)
    return jnp.where(jax.random.bernoulli(k2, 0.2), img[::-1, :], img)
