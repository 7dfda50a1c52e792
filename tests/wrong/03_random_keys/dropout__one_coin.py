"""Tosses one coin for the whole array."""
# diagnosis: mask-shared

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    return jnp.where(jax.random.bernoulli(key, 1 - rate), x / (1 - rate), 0.0)
