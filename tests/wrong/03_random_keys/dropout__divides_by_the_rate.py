"""Takes the rate for the chance to be kept, all through."""
# diagnosis: rate-swapped

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = jax.random.bernoulli(key, rate, x.shape)
    return jnp.where(keep, x / rate, 0.0)
