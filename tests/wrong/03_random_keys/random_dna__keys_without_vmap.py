"""Hands all keys to one draw."""
# diagnosis: many-keys-at-once

import jax


def random_dna(key, n, L, p):
    keys = jax.random.split(key, n)
    return jax.random.choice(keys, 4, (n, L), p=p)
