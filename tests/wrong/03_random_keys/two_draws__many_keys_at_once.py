"""Hands both keys to one draw."""
# diagnosis: many-keys-at-once

import jax


def two_draws(key):
    return tuple(jax.random.normal(jax.random.split(key)))
