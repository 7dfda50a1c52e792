"""Lets `bincount` count."""

import jax.numpy as jnp


def kmer_counts(idx, K):
    unknown = (idx < 0) | (idx >= K)
    return jnp.bincount(jnp.where(unknown, K, idx), length=K + 1)
