"""One product for all layers."""

import jax


def random_ensemble(key, X, k, m):
    key_w, key_b = jax.random.split(key, 2)
    W = jax.random.normal(key_w, shape=(k, X.shape[-1], m))
    b = jax.random.normal(key_b, shape=(k, m))
    return X[None] @ W + b[:, None, :]
