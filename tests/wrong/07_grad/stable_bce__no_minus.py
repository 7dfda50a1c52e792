"""Forgets the minus."""
# diagnosis: sign-reversed

import jax
import jax.numpy as jnp


def stable_bce(z, y):
    return y * jax.nn.log_sigmoid(z) + (1 - y) * jax.nn.log_sigmoid(-z)
