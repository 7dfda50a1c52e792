"""Gives the chances in reverse order."""
# diagnosis: chances-swapped

import jax


def random_dna(key, n, L, p):
    return jax.random.choice(key, 4, (n, L), p=p[::-1])
