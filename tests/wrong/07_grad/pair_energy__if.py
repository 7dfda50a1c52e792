"""Asks each pair whether it is in the same place."""
# diagnosis: python-if-on-tracer

import jax
import jax.numpy as jnp


def pair_energy(cells):
    energy = 0.0
    for i in range(len(cells)):
        for j in range(i):
            square = jnp.sum((cells[i] - cells[j]) ** 2)
            if square > 0:
                energy += jnp.sqrt(square)
    return energy
