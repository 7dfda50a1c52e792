"""Throws one coin for all copies."""
# diagnosis: one-draw-for-all

import jax
import jax.numpy as jnp


def drift_replicates(key, p0, N, T, B):
    def history(key):
        p = jnp.float32(p0)
        shares = [p]
        keys = jax.random.split(key, T)
        for k in keys:
            p = jnp.ones(N).mean() * jax.random.bernoulli(k, p)
            shares.append(p)
        return jnp.stack(shares)

    return jax.vmap(history)(jax.random.split(key, B))
