"""Leaves out column 0."""
# diagnosis: wrong-shape

import jax
import jax.numpy as jnp


def next_share(key, p, N):
    return jax.random.bernoulli(key, p, (N,)).mean()


def drift_replicates(key, p0, N, T, B):
    def history(key):
        p, shares = p0, []
        keys = jax.random.split(key, T)
        for k in keys:
            p = next_share(k, p, N)
            shares.append(p)
        return jnp.stack(shares)

    return jax.vmap(history)(jax.random.split(key, B))
