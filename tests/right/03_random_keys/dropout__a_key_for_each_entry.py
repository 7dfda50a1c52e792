"""Gives each entry a key of its own."""

import jax
import jax.numpy as jnp


def drop_one(key, value, rate):
    return jnp.where(jax.random.bernoulli(key, rate), 0, value / (1 - rate))


def dropout(key, x, rate):
    keys = jax.random.split(key, x.size)
    flat = jax.vmap(drop_one, in_axes=(0, 0, None))(keys, x.ravel(), rate)
    return flat.reshape(x.shape)
