"""Uses lambda_, and writes the number of alpha into the formula."""
# diagnosis: constants-written-in

import jax.numpy as jnp


def selu(x, alpha=1.67, lambda_=1.05):
    return lambda_ * jnp.where(x > 0, x, 1.67 * jnp.expm1(jnp.minimum(x, 0.0)))
