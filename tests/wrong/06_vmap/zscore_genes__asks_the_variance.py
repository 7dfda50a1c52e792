"""Asks whether the variance is 0, which it need not be where nothing varies."""
# diagnosis: equal-numbers-not-zero

import jax.numpy as jnp


def zscore_genes(counts):
    d = counts - counts.mean(axis=0)
    var = jnp.mean(d**2, axis=0)
    ok = var > 0
    return jnp.where(ok, d / jnp.sqrt(jnp.where(ok, var, 1.0)), 0.0)
