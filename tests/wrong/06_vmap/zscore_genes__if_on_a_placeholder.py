"""Asks an `if` whether the gene varies."""
# diagnosis: python-if-on-tracer

import jax
import jax.numpy as jnp


def zscore_genes(counts):
    def zscore(reads):
        std = reads.std()
        if std == 0:
            return jnp.zeros_like(reads)
        return (reads - reads.mean()) / std

    return jax.vmap(zscore, in_axes=1, out_axes=1)(counts)
