"""Adds normal noise of the right size."""
# diagnosis: wrong-distribution

import jax
import jax.numpy as jnp


def drift_replicates(key, p0, N, T, B):
    def history(key):
        p = jnp.float32(p0)
        shares = [p]
        keys = jax.random.split(key, T)
        for k in keys:
            p = jnp.clip(p + jnp.sqrt(p * (1 - p) / N) * jax.random.normal(k), 0, 1)
            shares.append(p)
        return jnp.stack(shares)

    return jax.vmap(history)(jax.random.split(key, B))
