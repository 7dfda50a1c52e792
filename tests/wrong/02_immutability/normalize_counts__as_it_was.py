"""The program as it was, with all four mistakes."""
# diagnosis: dropped-result

import jax.numpy as jnp


def normalize_counts(genes, reads, G):
    reads -= 1.0
    counts = jnp.zeros(G + 1)
    counts = counts.at[genes].set(reads)
    counts.at[0].set(0.0)
    return counts / counts.sum()
