"""Compares the columns."""
# diagnosis: wrong-axis

import jax
import jax.numpy as jnp


def hamming_matrix(seqs):
    distance = lambda a, b: jnp.sum(a != b)  # noqa: E731
    inner = jax.vmap(distance, in_axes=(None, 1))
    return jax.vmap(inner, in_axes=(1, None))(seqs, seqs)
