"""Saves memory with a dtype that overflows."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


def kmer_counts(idx, K):
    place = jnp.where((idx < 0) | (idx >= K), K, idx)
    return jax.ops.segment_sum(jnp.ones(idx.shape, jnp.int8), place, num_segments=K + 1).astype(jnp.int32)
