"""Draws samples that are one entry too small."""
# diagnosis: wrong-sample-size

import jax


def bootstrap_means(key, x, B):
    size = max(x.shape[0] - 1, 1)
    return jax.random.choice(key, x, (B, size)).mean(axis=1)
