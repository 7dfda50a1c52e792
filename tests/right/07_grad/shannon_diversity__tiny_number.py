"""Adds a tiny number inside the logarithm."""

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    return -jnp.sum(p * jnp.log(p + 1e-10))
