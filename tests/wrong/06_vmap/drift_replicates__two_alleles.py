"""Draws two numbers for each copy, so that the population is twice as large."""
# diagnosis: wrong-spread

import jax
import jax.numpy as jnp


def drift_replicates(key, p0, N, T, B):
    def history(key):
        p = jnp.float32(p0)
        shares = [p]
        keys = jax.random.split(key, T)
        for k in keys:
            p = jnp.round(N * jax.random.bernoulli(k, p, (2 * N,)).mean()) / N
            shares.append(p)
        return jnp.stack(shares)

    return jax.vmap(history)(jax.random.split(key, B))
