"""Scales the positive side alone."""
# diagnosis: wrong-value

import jax.numpy as jnp


def selu(x, alpha=1.67, lambda_=1.05):
    return jnp.where(x > 0, lambda_ * x, alpha * (jnp.exp(jnp.minimum(x, 0.0)) - 1))
