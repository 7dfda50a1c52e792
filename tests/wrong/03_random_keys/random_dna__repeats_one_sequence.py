"""Draws one sequence and repeats it."""
# diagnosis: replicates-identical

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    seq = jax.random.choice(key, 4, (L,), p=p)
    return jnp.tile(seq, (n, 1))
