"""Splits one key off after the other."""

import jax


def two_draws(key):
    key, subkey = jax.random.split(key)
    first = jax.random.normal(subkey)
    key, subkey = jax.random.split(key)
    second = jax.random.normal(subkey)
    return first, second
