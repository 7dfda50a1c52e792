"""Picks the zero after the root."""
# diagnosis: root-at-zero

import jax
import jax.numpy as jnp


def pair_energy(cells):
    squares = jnp.sum((cells[:, None] - cells[None]) ** 2, axis=-1)
    return jnp.sum(jnp.where(squares > 0, jnp.sqrt(squares), 0.0)) / 2
