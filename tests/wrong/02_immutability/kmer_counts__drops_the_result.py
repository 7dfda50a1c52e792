"""Adds, and throws the new table away."""
# diagnosis: dropped-result

import jax.numpy as jnp


def kmer_counts(idx, K):
    counts = jnp.zeros(K + 1, jnp.int32)
    place = jnp.where((idx >= 0) & (idx < K), idx, K)
    counts.at[place].add(1)
    return counts
