"""Takes the other probability from the sigmoid, and then the logarithm."""
# diagnosis: infinite-far-out

import jax
import jax.numpy as jnp


def stable_bce(z, y):
    return -y * jnp.log(jax.nn.sigmoid(z)) - (1 - y) * jnp.log(jax.nn.sigmoid(-z))
