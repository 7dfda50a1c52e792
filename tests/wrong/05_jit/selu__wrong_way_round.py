"""Has the two sides the wrong way round."""
# diagnosis: mask-inverted

import jax.numpy as jnp


def selu(x, alpha=1.67, lambda_=1.05):
    return lambda_ * jnp.where(x > 0, alpha * (jnp.exp(x) - 1), x)
