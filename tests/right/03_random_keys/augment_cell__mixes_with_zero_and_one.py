"""Mixes image and mirror image with a weight of 0 or 1."""

import jax


def maybe(key, img, flipped):
    coin = jax.random.bernoulli(key).astype(img.dtype)
    return coin * flipped + (1 - coin) * img


def augment_cell(key, img):
    key, subkey = jax.random.split(key)
    img = maybe(subkey, img, img[:, ::-1])
    key, subkey = jax.random.split(key)
    return maybe(subkey, img, img[::-1])
