"""Takes the squared error of the probability."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


def stable_bce(z, y):
    return (jax.nn.sigmoid(z) - y) ** 2
