"""Counts an entry that equals the threshold."""
# diagnosis: boundary-on-wrong-side

import jax.numpy as jnp


def expressed_mean(x, threshold):
    expressed = x >= threshold
    return jnp.sum(jnp.where(expressed, x, 0.0)) / jnp.maximum(jnp.sum(expressed), 1)
