"""Adds a number under the root that is too small for the last digit of a mean."""
# diagnosis: equal-numbers-not-zero

import jax.numpy as jnp


def zscore_genes(counts):
    d = counts - counts.mean(axis=0, keepdims=True)
    return d / jnp.sqrt((d**2).mean(axis=0, keepdims=True) + 1e-12)
