"""Compares with the chances themselves and not with their sums."""
# diagnosis: wrong-distribution

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    u = jax.random.uniform(key, (n, L))
    return jnp.where(u < p[0], 0, jnp.where(u < p[1], 1, jnp.where(u < p[2], 2, 3)))
