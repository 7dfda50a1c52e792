"""Turns the image by a quarter instead of flipping it."""
# diagnosis: shapes-do-not-fit

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    k1, k2 = jax.random.split(key)
    img = jnp.where(jax.random.bernoulli(k1), img[:, ::-1], img)
    return jnp.where(jax.random.bernoulli(k2), img.T, img)
