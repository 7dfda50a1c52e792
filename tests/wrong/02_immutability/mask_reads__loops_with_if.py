"""Asks base by base with `if`."""
# diagnosis: python-if-on-tracer

import jax.numpy as jnp


def mask_reads(bases, phred, q):
    new = jnp.asarray(bases)
    for i in range(bases.shape[0]):
        for j in range(bases.shape[1]):
            if phred[i, j] < q:
                new = new.at[i, j].set(4)
    return new
