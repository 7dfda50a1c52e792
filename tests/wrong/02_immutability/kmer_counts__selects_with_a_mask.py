"""Selects the known entries with a condition, which cannot work inside jit."""
# diagnosis: boolean-mask-in-jit

import jax.numpy as jnp


def kmer_counts(idx, K):
    known = idx[(idx >= 0) & (idx < K)]
    counts = jnp.zeros(K + 1, jnp.int32).at[known].add(1)
    return counts.at[K].set(len(idx) - len(known))
