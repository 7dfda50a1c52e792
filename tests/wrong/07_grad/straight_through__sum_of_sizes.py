"""Adds up the sizes of the differences."""
# diagnosis: other-distance

import jax
import jax.numpy as jnp


def straight_through(z, codebook):
    sizes = jnp.abs(z[:, None] - codebook[None]).sum(-1)
    codes = codebook[sizes.argmin(axis=1)]
    return z + jax.lax.stop_gradient(codes - z)
