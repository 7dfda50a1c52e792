"""Draws the weights before it splits, with the key that it then splits."""
# diagnosis: parent-key-used

import jax


def random_ensemble(key, X, k, m):
    W = jax.random.normal(key, (k, X.shape[1], m))
    key, subkey = jax.random.split(key)
    b = jax.random.normal(subkey, (k, m))
    return jax.vmap(lambda W, b: X @ W + b)(W, b)
