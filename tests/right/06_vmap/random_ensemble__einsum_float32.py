"""By name of the axes, with the dtype written out."""

import jax
import jax.numpy as jnp


def random_ensemble(key, X, k, m):
    a, b = jax.random.split(key)
    W = jax.random.normal(a, (k, X.shape[1], m), dtype=jnp.float32)
    bias = jax.random.normal(b, (k, m), dtype=jnp.float32)
    return jnp.einsum("nd,kdm->knm", X, W) + jnp.expand_dims(bias, 1)
