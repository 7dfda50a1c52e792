"""Counts one k-mer after the other in a Python loop over K."""

import jax.numpy as jnp


def kmer_counts(idx, K):
    counts = [jnp.sum(idx == k) for k in range(K)]
    rest = idx.shape[0] - sum(counts)
    return jnp.array([*counts, rest], dtype=jnp.int32)
