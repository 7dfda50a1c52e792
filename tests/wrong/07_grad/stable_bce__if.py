"""Asks the label."""
# diagnosis: one-choice-for-all

import jax
import jax.numpy as jnp


def stable_bce(z, y):
    if y == 1:
        return -jax.nn.log_sigmoid(z)
    return -jax.nn.log_sigmoid(-z)
