"""Tosses one coin, and flips both ways or not at all."""
# diagnosis: augmentations-agree

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    coin = jax.random.bernoulli(key)
    return jnp.where(coin, img[::-1, ::-1], img)
