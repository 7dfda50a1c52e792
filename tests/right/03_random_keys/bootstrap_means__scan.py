"""Carries the key along with `scan`."""

import jax


def bootstrap_means(key, x, B):
    def one(key, _):
        key, subkey = jax.random.split(key)
        return key, jax.random.choice(subkey, x, x.shape).mean()

    _, means = jax.lax.scan(one, key, length=B)
    return means
