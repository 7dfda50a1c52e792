"""Makes what is kept smaller instead of larger."""
# diagnosis: not-rescaled

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = jax.random.bernoulli(key, 1 - rate, x.shape)
    return jnp.where(keep, x * (1 - rate), 0.0)
