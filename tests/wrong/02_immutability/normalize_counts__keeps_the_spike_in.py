"""Loses the line with the spike-in while writing it anew."""
# diagnosis: step-left-out

import jax.numpy as jnp


def normalize_counts(genes, reads, G):
    place = jnp.where((genes >= 0) & (genes < G), genes, G)
    counts = jnp.zeros(G + 1).at[place].add(jnp.asarray(reads) - 1.0)
    return counts / counts.sum()
