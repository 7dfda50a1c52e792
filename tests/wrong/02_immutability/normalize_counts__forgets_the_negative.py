"""Collects genes that are too large, and lets -2 count from the end."""
# diagnosis: negative-from-end

import jax.numpy as jnp


def normalize_counts(genes, reads, G):
    own = reads - 1.0
    place = jnp.where(genes >= G, G, genes)
    counts = jnp.zeros(G + 1).at[place].add(own).at[0].set(0.0)
    return counts / counts.sum()
