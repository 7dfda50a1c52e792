"""Hands all keys to one draw."""
# diagnosis: many-keys-at-once

import jax


def bootstrap_means(key, x, B):
    keys = jax.random.split(key, B)
    return jax.random.choice(keys, x, (B, x.shape[0])).mean(axis=1)
