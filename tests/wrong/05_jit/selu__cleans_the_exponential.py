"""Cleans the exponential, and the slope stays NaN."""
# diagnosis: slope-of-the-other-side

import jax.numpy as jnp


def selu(x, alpha=1.67, lambda_=1.05):
    negative = alpha * (jnp.nan_to_num(jnp.exp(x), posinf=0.0) - 1)
    return jnp.where(x > 0, lambda_ * x, lambda_ * negative)
