"""Takes the loss of Optax."""

import optax


def stable_bce(z, y):
    return optax.sigmoid_binary_cross_entropy(z, y)
