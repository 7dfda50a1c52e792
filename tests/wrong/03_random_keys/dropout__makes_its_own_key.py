"""Makes a key from a fixed seed inside."""
# diagnosis: key-made-inside

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    rng = jax.random.PRNGKey(42)
    keep = jax.random.bernoulli(rng, 1 - rate, x.shape)
    return jnp.where(keep, x / (1 - rate), 0.0)
