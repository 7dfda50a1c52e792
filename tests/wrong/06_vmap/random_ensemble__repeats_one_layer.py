"""Uses the first layer for all."""
# diagnosis: layers-identical

import jax
import jax.numpy as jnp


def random_ensemble(key, X, k, m):
    w_key, b_key = jax.random.split(key)
    W = jax.random.normal(w_key, (k, X.shape[1], m))
    b = jax.random.normal(b_key, (k, m))
    return jax.vmap(lambda i: X @ W[0] + b[0])(jnp.arange(k))
