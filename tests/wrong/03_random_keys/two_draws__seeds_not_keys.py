"""Hands a seed to the draws."""
# diagnosis: seed-not-key

import jax


def two_draws(key):
    return jax.random.normal(1), jax.random.normal(2)
