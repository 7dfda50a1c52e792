"""Selects the species that are there."""
# diagnosis: boolean-mask-in-jit

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    there = p[p > 0]
    return -jnp.sum(there * jnp.log(there))
