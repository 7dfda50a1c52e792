"""Fills in a copy of the dtype of x."""
# diagnosis: wrong-value

import jax.numpy as jnp


def selu(x, alpha=1.67, lambda_=1.05):
    x = jnp.asarray(x)
    lower = alpha * jnp.expm1(jnp.minimum(x, 0.0))
    return (lambda_ * jnp.where(x > 0, x, lower)).astype(x.dtype)
