"""Counts the bases from 1."""
# diagnosis: no-such-base

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    return jax.random.choice(key, jnp.array([1, 2, 3, 4]), (n, L), p=p)
