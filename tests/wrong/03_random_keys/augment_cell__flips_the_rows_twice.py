"""Flips the rows both times."""
# diagnosis: view-missing

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    k1, k2 = jax.random.split(key)
    img = jnp.where(jax.random.bernoulli(k1), img[::-1], img)
    return jnp.where(jax.random.bernoulli(k2), img[::-1, :], img)
