"""Splits into a key for each layer, and draws there."""
# diagnosis: drawn-row-by-row

import jax


def random_ensemble(key, X, k, m):
    def layer(key):
        w_key, b_key = jax.random.split(key)
        W = jax.random.normal(w_key, (X.shape[1], m))
        b = jax.random.normal(b_key, (m,))
        return X @ W + b

    return jax.vmap(layer)(jax.random.split(key, k))
