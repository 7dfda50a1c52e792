"""Tosses the first coin with the parent of the second one's key."""
# diagnosis: parent-key-used

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    img = jnp.where(jax.random.bernoulli(key), img[:, ::-1], img)
    key, subkey = jax.random.split(key)
    return jnp.where(jax.random.bernoulli(subkey), img[::-1, :], img)
