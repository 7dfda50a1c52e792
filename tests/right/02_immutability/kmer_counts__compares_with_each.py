"""Compares every entry with every place, and adds up."""

import jax.numpy as jnp


def kmer_counts(idx, K):
    known = jnp.sum(idx[:, None] == jnp.arange(K)[None, :], axis=0, dtype=jnp.int32)
    return jnp.append(known, idx.size - known.sum())
