"""Sends too large numbers to the last place, and forgets the negative ones."""
# diagnosis: negative-from-end

import jax.numpy as jnp


def kmer_counts(idx, K):
    place = jnp.where(idx < K, idx, K)
    return jnp.zeros(K + 1, jnp.int32).at[place].add(1)
