"""Tosses both coins with the same key."""
# diagnosis: augmentations-agree

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    img = jnp.where(jax.random.bernoulli(key), img[:, ::-1], img)
    img = jnp.where(jax.random.bernoulli(key), img[::-1, :], img)
    return img
