"""Forgets the background while repairing the rest."""
# diagnosis: step-left-out

import jax.numpy as jnp


def normalize_counts(genes, reads, G):
    place = jnp.where((genes >= 0) & (genes < G), genes, G)
    counts = jnp.zeros(G + 1).at[place].add(reads).at[0].set(0.0)
    return counts / counts.sum()
