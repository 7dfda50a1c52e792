"""Forgets the root."""
# diagnosis: step-left-out

import jax
import jax.numpy as jnp


def pair_energy(cells):
    return jnp.sum((cells[:, None] - cells[None]) ** 2) / 2
