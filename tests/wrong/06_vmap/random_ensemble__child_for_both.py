"""Splits, and then uses the first child twice."""
# diagnosis: draws-correlated

import jax


def random_ensemble(key, X, k, m):
    key, subkey = jax.random.split(key)
    W = jax.random.normal(key, (k, X.shape[1], m))
    b = jax.random.normal(key, (k, m))

    def layer(W, b):
        return X @ W + b

    return jax.vmap(layer)(W, b)
