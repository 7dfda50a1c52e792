"""Picks the code with the largest product."""
# diagnosis: other-distance

import jax
import jax.numpy as jnp


def straight_through(z, codebook):
    codes = codebook[jnp.argmax(z @ codebook.T, axis=1)]
    return z + jax.lax.stop_gradient(codes - z)
