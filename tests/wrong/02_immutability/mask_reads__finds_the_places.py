"""Looks for the places first, and nobody knows how many there are."""
# diagnosis: size-needed

import jax.numpy as jnp


def mask_reads(bases, phred, q):
    rows, columns = jnp.where(phred < q)
    return jnp.asarray(bases).at[rows, columns].set(4)
