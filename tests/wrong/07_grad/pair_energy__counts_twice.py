"""Adds up the whole table."""
# diagnosis: pairs-counted-twice

import jax
import jax.numpy as jnp


def pair_energy(cells):
    squares = jnp.sum((cells[:, None] - cells[None]) ** 2, axis=-1)
    return jnp.sum(jnp.sqrt(squares + 1e-12))
