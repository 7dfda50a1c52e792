"""Mixes the codes instead of picking one."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


def straight_through(z, codebook):
    distances = jnp.sqrt(jnp.sum((z[:, None] - codebook[None]) ** 2, axis=-1))
    return jax.nn.softmax(-distances, axis=1) @ codebook
