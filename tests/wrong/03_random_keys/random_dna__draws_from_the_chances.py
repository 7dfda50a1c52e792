"""Draws from the chances instead of with them."""
# diagnosis: wrong-dtype

import jax


def random_dna(key, n, L, p):
    return jax.random.choice(key, p, (n, L))
