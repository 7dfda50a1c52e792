"""Gives the labels first."""
# diagnosis: arguments-swapped

import optax


def stable_bce(z, y):
    return optax.sigmoid_binary_cross_entropy(y, z)
