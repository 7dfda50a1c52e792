"""Looks up a one-hot row for each number; a number past the end of the table gets its last row."""
# diagnosis: read-clamped

import jax.numpy as jnp


def kmer_counts(idx, K):
    known = jnp.eye(K, dtype=jnp.int32)[idx].sum(axis=0)
    return jnp.append(known, idx.size - known.sum())
