"""Masks the limit itself, too."""
# diagnosis: boundary-on-wrong-side

import jax.numpy as jnp


def mask_reads(bases, phred, q):
    return jnp.where(phred > q, bases, 4)
