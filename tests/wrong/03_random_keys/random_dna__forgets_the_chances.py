"""Draws all bases equally often."""
# diagnosis: argument-ignored

import jax


def random_dna(key, n, L, p):
    return jax.random.randint(key, (n, L), 0, 4)
