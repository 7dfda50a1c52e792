"""Tosses both coins in one draw of two."""

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    flip_rows, flip_columns = jax.random.bernoulli(key, shape=(2,))
    img = jnp.where(flip_rows, jnp.flip(img, axis=0), img)
    img = jnp.where(flip_columns, jnp.flip(img, axis=1), img)
    return img
