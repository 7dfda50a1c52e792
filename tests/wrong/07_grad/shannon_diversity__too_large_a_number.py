"""Adds a number that is not tiny enough."""
# diagnosis: nearly-right

import jax.numpy as jnp


def shannon_diversity(p):
    return -jnp.sum(p * jnp.log(p + 1e-3))
