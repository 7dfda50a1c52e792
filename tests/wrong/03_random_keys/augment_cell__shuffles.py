"""Shuffles rows and columns."""
# diagnosis: wrong-value

import jax


def augment_cell(key, img):
    k1, k2 = jax.random.split(key)
    return jax.random.permutation(k2, jax.random.permutation(k1, img, axis=0), axis=1)
