"""Adds up what is a number."""
# diagnosis: log-slope-at-zero

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    return -jnp.nansum(p * jnp.log(p))
