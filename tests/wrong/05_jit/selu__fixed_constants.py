"""Writes the numbers into the formula."""
# diagnosis: constants-written-in

import jax.numpy as jnp


def selu(x, alpha=1.67, lambda_=1.05):
    return 1.05 * jnp.where(x > 0, x, 1.67 * jnp.expm1(jnp.minimum(x, 0.0)))
