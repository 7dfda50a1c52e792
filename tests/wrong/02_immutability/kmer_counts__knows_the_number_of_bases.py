"""Knows that there are four bases."""
# diagnosis: argument-ignored

import jax.numpy as jnp


def kmer_counts(idx, K):
    place = jnp.where((idx < 0) | (idx > 3), 4, idx)
    return jnp.zeros(5, jnp.int32).at[place].add(1)
