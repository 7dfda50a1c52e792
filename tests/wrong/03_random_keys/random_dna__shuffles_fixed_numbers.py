"""Shuffles a table with the exact number of each base."""
# diagnosis: count-fixed

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    ends = jnp.cumsum(p) * n * L
    bases = jnp.searchsorted(ends, jnp.arange(n * L) + 0.5)
    return jax.random.permutation(key, jnp.minimum(bases, 3).astype(jnp.int32)).reshape(n, L)
