"""Three of four repaired: the spike-in is still there."""
# diagnosis: dropped-result

import jax.numpy as jnp


def normalize_counts(genes, reads, G):
    reads = reads - 1.0
    place = jnp.where((genes >= 0) & (genes < G), genes, G)
    counts = jnp.zeros(G + 1)
    counts = counts.at[place].add(reads)
    counts.at[0].set(0.0)
    return counts / counts.sum()
