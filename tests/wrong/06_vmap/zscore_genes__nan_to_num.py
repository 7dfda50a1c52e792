"""Replaces the NaN in the end."""
# diagnosis: slope-not-finite

import jax
import jax.numpy as jnp


def zscore_genes(counts):
    z = jax.vmap(lambda reads: (reads - reads.mean()) / reads.std(), in_axes=1, out_axes=1)(counts)
    return jnp.nan_to_num(z)
