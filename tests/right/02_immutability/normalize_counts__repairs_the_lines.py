"""Repairs the lines that were given, one by one."""

import jax.numpy as jnp


def normalize_counts(genes, reads, G):
    reads = reads - 1.0
    genes = jnp.where(genes < 0, G, genes)
    genes = jnp.where(genes > G, G, genes)
    counts = jnp.zeros(G + 1)
    counts = counts.at[genes].add(reads)
    counts = counts.at[0].set(0.0)
    return counts / counts.sum()
