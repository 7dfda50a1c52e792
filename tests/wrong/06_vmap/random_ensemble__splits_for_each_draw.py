"""Splits anew before each draw."""
# diagnosis: split-for-each-draw

import jax


def random_ensemble(key, X, k, m):
    key, subkey = jax.random.split(key)
    W = jax.random.normal(subkey, (k, X.shape[1], m))
    key, subkey = jax.random.split(key)
    b = jax.random.normal(subkey, (k, m))
    return jax.vmap(lambda W, b: X @ W + b)(W, b)
