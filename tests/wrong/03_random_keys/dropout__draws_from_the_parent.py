"""Splits a key off, and draws with the old one."""
# diagnosis: parent-key-used

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    next_key, _ = jax.random.split(key)
    keep = jax.random.bernoulli(key, 1 - rate, x.shape)
    return jnp.where(keep, x / (1 - rate), 0.0)
