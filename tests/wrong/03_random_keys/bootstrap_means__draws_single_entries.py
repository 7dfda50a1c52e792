"""Draws B entries and takes no mean."""
# diagnosis: not-a-mean

import jax


def bootstrap_means(key, x, B):
    return jax.random.choice(key, x, (B,))
