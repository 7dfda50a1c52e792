"""One map along both, first with first."""
# diagnosis: mapped-in-pairs

import jax
import jax.numpy as jnp


def hamming_matrix(seqs):
    return jax.vmap(lambda a, b: jnp.sum(a != b))(seqs, seqs)
