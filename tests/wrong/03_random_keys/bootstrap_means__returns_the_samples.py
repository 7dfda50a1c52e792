"""Returns the samples instead of their means."""
# diagnosis: wrong-shape

import jax


def bootstrap_means(key, x, B):
    return jax.random.choice(key, x, (B, x.shape[0]))
