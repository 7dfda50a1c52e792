"""Writes the formula as it stands in the book."""
# diagnosis: log-of-zero

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    return -jnp.sum(p * jnp.log(p))
