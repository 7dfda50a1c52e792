"""Adds a tiny number to the difference."""
# diagnosis: pull-in-one-place

import jax.numpy as jnp


def pair_energy(cells):
    total = jnp.array(0.0)
    for i in range(len(cells)):
        for j in range(i + 1, len(cells)):
            total = total + jnp.linalg.norm(cells[i] - cells[j] + 1e-6)
    return total
