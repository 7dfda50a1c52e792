"""Asks for three keys and unpacks two."""
# diagnosis: too-many-keys-unpacked

import jax


def two_draws(key):
    a, b = jax.random.split(key, 3)
    return jax.random.normal(a), jax.random.normal(b)
