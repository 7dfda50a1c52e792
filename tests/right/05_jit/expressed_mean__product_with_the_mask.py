"""Multiplies by the mask, and adds up."""

import jax
import jax.numpy as jnp


def expressed_mean(genes: jax.Array, threshold: float) -> jax.Array:
    mask = (genes > threshold).astype(jnp.float32)
    count = mask.sum()
    return jnp.dot(genes, mask) / jnp.where(count == 0, 1.0, count)
