"""A loop over the rows, and only the inner one is mapped."""
# diagnosis: grows-with-data

import jax
import jax.numpy as jnp


def hamming_matrix(seqs):
    def distance(a, b):
        return jnp.sum(a != b)

    rows = []
    for a in seqs:
        rows.append(jax.vmap(distance, in_axes=(None, 0))(a, seqs))
    return jnp.stack(rows)
