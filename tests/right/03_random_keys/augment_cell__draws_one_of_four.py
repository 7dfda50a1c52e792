"""Draws the number of the view, and looks it up."""

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    views = jnp.stack([img, jnp.fliplr(img), jnp.flipud(img), jnp.flip(img)])
    return views[jax.random.randint(key, (), 0, 4)]
