"""Three of four repaired: entries of one gene write over each other."""
# diagnosis: set-instead-of-add

import jax.numpy as jnp


def normalize_counts(genes, reads, G):
    reads = reads - 1.0
    place = jnp.where((genes >= 0) & (genes < G), genes, G)
    counts = jnp.zeros(G + 1)
    counts = counts.at[place].set(reads)
    counts = counts.at[0].set(0.0)
    return counts / counts.sum()
