"""Picks the farthest code."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


def straight_through(z, codebook):
    squares = jnp.sum((z[:, None] - codebook[None]) ** 2, axis=-1)
    codes = codebook[jnp.argmax(squares, axis=1)]
    return z + jax.lax.stop_gradient(codes - z)
