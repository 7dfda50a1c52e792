"""Draws B entries n times, so each mean is over B entries."""
# diagnosis: wrong-shape

import jax


def bootstrap_means(key, x, B):
    return jax.random.choice(key, x, (B, x.shape[0])).mean(axis=0)
