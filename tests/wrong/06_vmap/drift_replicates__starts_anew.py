"""Draws every generation with the share of the beginning."""
# diagnosis: share-came-back

import jax
import jax.numpy as jnp


def next_share(key, p, N):
    return jax.random.bernoulli(key, p, (N,)).mean()


def drift_replicates(key, p0, N, T, B):
    def history(key):
        later = jax.vmap(lambda k: next_share(k, p0, N))(jax.random.split(key, T))
        return jnp.concatenate([jnp.array([p0]), later])

    return jax.vmap(history)(jax.random.split(key, B))
