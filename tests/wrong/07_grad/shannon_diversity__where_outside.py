"""Picks the zero after the logarithm."""
# diagnosis: slope-not-finite

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    return -jnp.sum(jnp.where(p > 0, p * jnp.log(p), 0.0))
