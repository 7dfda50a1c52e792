"""Clips at both ends, so that negative numbers become the first k-mer."""
# diagnosis: clipped-to-first

import jax.numpy as jnp


def kmer_counts(idx, K):
    return jnp.zeros(K + 1, jnp.int32).at[jnp.clip(idx, 0, K)].add(1)
