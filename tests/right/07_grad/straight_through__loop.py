"""Goes through the rows in a loop."""

import jax
import jax.numpy as jnp


def straight_through(z, codebook):
    rows = []
    for row in z:
        i = jnp.argmin(jnp.sum((codebook - row) ** 2, axis=1))
        rows.append(codebook[i])
    q = jnp.stack(rows)
    return z + jax.lax.stop_gradient(q) - jax.lax.stop_gradient(z)
