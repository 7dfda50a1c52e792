"""Starts from float zeros."""
# diagnosis: wrong-dtype

import jax.numpy as jnp


def kmer_counts(idx, K):
    place = jnp.where((idx >= 0) & (idx < K), idx, K)
    return jnp.zeros(K + 1).at[place].add(1)
