"""Three of four repaired: genes past the end are dropped."""
# diagnosis: out-of-range-dropped

import jax.numpy as jnp


def normalize_counts(genes, reads, G):
    reads = reads - 1.0
    counts = jnp.zeros(G + 1)
    counts = counts.at[genes].add(reads)
    counts = counts.at[0].set(0.0)
    return counts / counts.sum()
