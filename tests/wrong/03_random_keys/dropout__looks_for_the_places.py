"""Asks which places are dropped, and how many those are depends on the coins."""
# diagnosis: size-needed

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    drop = jax.random.bernoulli(key, rate, x.shape)
    larger = jnp.where(drop, 0.0, x / (1 - rate))
    return larger.at[jnp.nonzero(drop)].set(0.0)
