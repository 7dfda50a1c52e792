"""Counts the places that agree."""
# diagnosis: mask-inverted

import jax
import jax.numpy as jnp


def hamming_matrix(seqs):
    agree = lambda a, b: jnp.sum(a == b)  # noqa: E731
    return jax.vmap(jax.vmap(agree, (None, 0)), (0, None))(seqs, seqs)
