"""Goes from read to read with a Python `if`, which cannot work inside jit."""
# diagnosis: python-if-on-tracer

import jax.numpy as jnp


def kmer_counts(idx, K):
    counts = jnp.zeros(K + 1, jnp.int32)
    for i in idx:
        if 0 <= i < K:
            counts = counts.at[i].add(1)
        else:
            counts = counts.at[K].add(1)
    return counts
