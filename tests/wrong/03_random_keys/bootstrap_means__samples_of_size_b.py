"""Draws samples of B entries instead of n."""
# diagnosis: wrong-sample-size

import jax


def bootstrap_means(key, x, B):
    return jax.random.choice(key, x, (B, B)).mean(axis=1)
