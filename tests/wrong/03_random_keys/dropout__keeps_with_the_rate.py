"""Takes the rate for the chance to be kept."""
# diagnosis: rate-swapped

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = jax.random.bernoulli(key, rate, x.shape)
    return jnp.where(keep, x / (1 - rate), 0.0)
