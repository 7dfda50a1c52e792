"""Copies what came in, and changes the copies."""

import jax.numpy as jnp
import numpy as np


def normalize_counts(genes, reads, G):
    genes, reads = np.array(genes), np.array(reads)
    reads -= 1
    genes[genes < 0] = G
    genes[genes > G] = G
    counts = jnp.zeros(G + 1, dtype=jnp.float32).at[genes].add(reads)
    counts = counts.at[0].multiply(0)
    return counts / counts.sum()
