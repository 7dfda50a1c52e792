"""Draws the biases with the first key."""
# diagnosis: recipe-not-followed

import jax


def random_ensemble(key, X, k, m):
    b_key, w_key = jax.random.split(key)
    W = jax.random.normal(w_key, (k, X.shape[1], m))
    b = jax.random.normal(b_key, (k, m))

    def layer(W, b):
        return X @ W + b

    return jax.vmap(layer)(W, b)
