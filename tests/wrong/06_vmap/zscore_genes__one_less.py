"""Divides by one less, as other programs do."""
# diagnosis: one-less-in-the-spread

import jax.numpy as jnp


def zscore_genes(counts):
    centered = counts - counts.mean(axis=0)
    variance = jnp.sum(centered**2, axis=0) / (counts.shape[0] - 1)
    varies = variance > 0
    return jnp.where(varies, centered / jnp.sqrt(jnp.where(varies, variance, 1.0)), 0.0)
