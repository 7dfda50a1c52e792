"""A scan over the keys of the generations."""

import jax
import jax.numpy as jnp


def drift_replicates(key, p0, N, T, B):
    def generation(p, key):
        p = jnp.mean(jax.random.uniform(key, (N,)) < p)
        return p, p

    def one(key):
        start = jnp.float32(p0)
        _, shares = jax.lax.scan(generation, start, jax.random.split(key, T))
        return jnp.concatenate([start[None], shares])

    return jax.vmap(one)(jax.random.split(key, B))
