"""Two list comprehensions, which are no map."""
# diagnosis: grows-with-data

import jax.numpy as jnp


def hamming_matrix(seqs):
    return jnp.array([[(a != b).sum() for b in seqs] for a in seqs])
