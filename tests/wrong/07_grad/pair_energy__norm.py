"""Takes the norm of all differences."""
# diagnosis: root-at-zero

import jax
import jax.numpy as jnp


def pair_energy(cells):
    return jnp.linalg.norm(cells[:, None] - cells[None], axis=-1).sum() / 2
