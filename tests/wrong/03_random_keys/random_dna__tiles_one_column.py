"""Draws one column and repeats it along the sequence."""
# diagnosis: one-base-repeated

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    column = jax.random.choice(key, 4, (n, 1), p=p)
    return jnp.tile(column, (1, L))
