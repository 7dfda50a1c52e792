"""Chooses with one where, as the formula stands."""
# diagnosis: slope-of-the-other-side

import jax.numpy as jnp


def selu(x, alpha=1.67, lambda_=1.05):
    return lambda_ * jnp.where(x > 0, x, alpha * jnp.exp(x) - alpha)
