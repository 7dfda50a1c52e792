"""Chooses only the result, after the division."""
# diagnosis: slope-not-finite

import jax
import jax.numpy as jnp


def zscore_genes(counts):
    def zscore(reads):
        std = jnp.std(reads)
        return jnp.where(std > 0, (reads - reads.mean()) / std, 0.0)

    return jax.vmap(zscore, in_axes=1, out_axes=1)(counts)
