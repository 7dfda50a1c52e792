"""Asks with if."""
# diagnosis: truth-of-an-array

import jax.numpy as jnp


def selu(x, alpha=1.67, lambda_=1.05):
    if x > 0:
        return lambda_ * x
    return lambda_ * alpha * (jnp.exp(x) - 1)
