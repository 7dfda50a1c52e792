"""Adds up the distances from each cell to the next one."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


def pair_energy(cells):
    squares = jnp.sum((cells[1:] - cells[:-1]) ** 2, axis=-1)
    return jnp.sum(jnp.sqrt(squares + 1e-12))
