"""Thinks that another shape makes a used key safe."""
# diagnosis: key-reused

import jax


def two_draws(key):
    return jax.random.normal(key), jax.random.normal(key, (2,))[0]
