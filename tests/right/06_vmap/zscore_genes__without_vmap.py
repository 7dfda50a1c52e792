"""By axis, with a double `where`."""

import jax.numpy as jnp


def zscore_genes(counts):
    centered = counts - counts.mean(axis=0)
    var = (centered**2).mean(axis=0)
    safe = jnp.where(var > 1e-6, var, 1.0)
    return jnp.where(var > 1e-6, centered / jnp.sqrt(safe), 0.0)
