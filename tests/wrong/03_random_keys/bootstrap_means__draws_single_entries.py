"""Draws B entries and takes no mean."""
# diagnosis: wrong-spread

import jax


def bootstrap_means(key, x, B):
    return jax.random.choice(key, x, (B,))
