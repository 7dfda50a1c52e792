"""Picks the zero after the logarithm."""
# diagnosis: log-slope-at-zero

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    return -jnp.sum(jnp.where(p > 0, p * jnp.log(p), 0.0))
