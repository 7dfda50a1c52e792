"""Makes K places instead of K+1."""
# diagnosis: wrong-shape

import jax.numpy as jnp


def kmer_counts(idx, K):
    place = jnp.where((idx >= 0) & (idx < K), idx, K)
    return jnp.zeros(K, jnp.int32).at[place].add(1)
