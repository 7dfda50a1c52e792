"""Starts with zeros, as for a linear regression."""
# diagnosis: one-draw-for-all

import jax.numpy as jnp


def init_mlp(key, sizes):
    return [{"w": jnp.zeros((m, n)), "b": jnp.zeros(n)} for m, n in zip(sizes[:-1], sizes[1:])]
