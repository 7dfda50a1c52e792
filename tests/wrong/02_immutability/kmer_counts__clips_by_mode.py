"""Lets `add` clip the places, which it does after it has counted negative ones from the end."""
# diagnosis: clipped-to-first

import jax.numpy as jnp


def kmer_counts(idx, K):
    return jnp.zeros(K + 1, jnp.int32).at[idx].add(1, mode="clip")
