"""Gives the known ones the last place, and leaves the unknown ones where they are."""
# diagnosis: mask-inverted

import jax.numpy as jnp


def kmer_counts(idx, K):
    known = (idx >= 0) & (idx < K)
    return jnp.zeros(K + 1, jnp.int32).at[jnp.where(known, K, idx)].add(1)
