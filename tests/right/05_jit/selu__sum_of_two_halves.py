"""Adds a positive and a negative half."""

import jax
import jax.numpy as jnp


def selu(values, alpha: float = 1.67, lambda_: float = 1.05):
    """Positive half plus negative half."""
    values = values * 1.0
    upper = jnp.maximum(values, 0)
    lower = alpha * (jnp.exp(jnp.minimum(values, 0)) - 1)
    return lambda_ * (upper + lower)
