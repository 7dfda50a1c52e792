"""Forgets that a NumPy array has no `at`."""
# diagnosis: numpy-has-no-at

import jax.numpy as jnp


def mask_reads(bases, phred, q):
    masked = jnp.where(phred < q, 4, bases)
    return bases.at[:].set(masked)
