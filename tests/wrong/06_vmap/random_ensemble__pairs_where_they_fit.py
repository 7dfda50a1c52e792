"""Maps over whatever has as many rows as there are layers."""
# diagnosis: mapped-in-pairs

import jax


def random_ensemble(key, X, k, m):
    w_key, b_key = jax.random.split(key)
    W = jax.random.normal(w_key, (k, X.shape[1], m))
    b = jax.random.normal(b_key, (k, m))
    in_axes = (0 if X.shape[0] == k else None, 0, 0)
    return jax.vmap(lambda X, W, b: X @ W + b, in_axes=in_axes)(X, W, b)
