"""Adds up in float32."""
# diagnosis: wrong-dtype

import jax.numpy as jnp


def hamming_matrix(seqs):
    return (seqs[:, None] != seqs[None]).astype(jnp.float32).sum(axis=2)
