"""Thinks that another distribution makes a used key safe."""
# diagnosis: key-reused

import jax
import jax.numpy as jnp


def two_draws(key):
    uniform = jax.random.uniform(key)
    return jax.random.normal(key), jnp.sqrt(12.0) * (uniform - 0.5)
