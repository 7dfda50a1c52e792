"""Leaves out the diagonal and forgets cells in the same place."""
# diagnosis: root-at-zero

import jax
import jax.numpy as jnp


def pair_energy(cells):
    i, j = jnp.triu_indices(cells.shape[0], k=1)
    return jnp.sqrt(jnp.sum((cells[i] - cells[j]) ** 2, axis=-1)).sum()
