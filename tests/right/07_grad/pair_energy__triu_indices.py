"""Takes the pairs above the diagonal, and a safe norm."""

import jax
import jax.numpy as jnp

import optax


def pair_energy(cells):
    i, j = jnp.triu_indices(cells.shape[0], k=1)
    apart = cells[i] - cells[j]
    return jax.vmap(lambda v: optax.safe_norm(v, 1e-6))(apart).sum() if len(i) else jnp.zeros(())
