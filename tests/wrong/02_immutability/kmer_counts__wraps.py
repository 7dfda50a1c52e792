"""Wraps numbers around with `%`."""
# diagnosis: wrapped-around

import jax.numpy as jnp


def kmer_counts(idx, K):
    return jnp.zeros(K + 1, jnp.int32).at[idx % K].add(1)
