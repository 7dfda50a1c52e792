"""Maps over the samples together with the layers."""
# diagnosis: inconsistent-batch

import jax


def layer(X, W, b):
    return X @ W + b


def random_ensemble(key, X, k, m):
    w_key, b_key = jax.random.split(key)
    W = jax.random.normal(w_key, (k, X.shape[1], m))
    b = jax.random.normal(b_key, (k, m))
    return jax.vmap(layer)(X, W, b)
