"""Walks along the grid."""
# diagnosis: distance-of-another-kind

import jax.numpy as jnp


def pair_energy(cells):
    d = jnp.abs(cells[:, None] - cells[None]).sum(axis=-1)
    return d.sum() / 2
