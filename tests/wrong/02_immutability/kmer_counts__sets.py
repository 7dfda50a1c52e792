"""Reads the count, adds one, and sets it: equal indices write over each other."""
# diagnosis: set-instead-of-add

import jax.numpy as jnp


def kmer_counts(idx, K):
    place = jnp.where((idx >= 0) & (idx < K), idx, K)
    counts = jnp.zeros(K + 1, jnp.int32)
    return counts.at[place].set(counts[place] + 1)
