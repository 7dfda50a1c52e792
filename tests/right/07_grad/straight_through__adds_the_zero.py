"""Adds a `z` whose value is taken away again."""

import jax
import jax.numpy as jnp


def straight_through(z, codebook):
    d = jnp.linalg.norm(z[:, None] - codebook[None], axis=-1)
    q = jax.lax.stop_gradient(codebook[jnp.argmin(d, axis=-1)])
    return q + (z - jax.lax.stop_gradient(z))
