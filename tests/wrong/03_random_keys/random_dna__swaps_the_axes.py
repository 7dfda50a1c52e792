"""Swaps the two lengths."""
# diagnosis: wrong-shape

import jax


def random_dna(key, n, L, p):
    keys = jax.random.split(key, L)
    return jax.vmap(lambda k: jax.random.choice(k, 4, (n,), p=p))(keys)
