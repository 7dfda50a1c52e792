"""Writes `or` between two arrays."""
# diagnosis: truth-of-an-array

import jax.numpy as jnp


def kmer_counts(idx, K):
    place = jnp.where(idx < 0 or idx >= K, K, idx)
    return jnp.zeros(K + 1, jnp.int32).at[place].add(1)
