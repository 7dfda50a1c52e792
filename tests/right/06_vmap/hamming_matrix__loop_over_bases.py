"""A Python loop over the places, which the text allows."""

import jax.numpy as jnp


def hamming_matrix(seqs):
    n, L = seqs.shape
    total = jnp.zeros((n, n), dtype=jnp.int32)
    for i in range(L):
        column = seqs[:, i]
        total = total + (column[:, None] != column[None, :])
    return total
