"""Counts the places of rows and columns forward or backward."""

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    def places(purpose, n):
        coin = jax.random.uniform(jax.random.fold_in(key, purpose)) > 0.5
        return jnp.where(coin, n - 1 - jnp.arange(n), jnp.arange(n))

    h, w = img.shape
    return img[places(0, h)[:, None], places(1, w)]
