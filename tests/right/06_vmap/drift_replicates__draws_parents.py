"""Draws for each copy the parent that it comes from."""

import jax
import jax.numpy as jnp


def next_share(key, p, N):
    return jax.random.bernoulli(key, p, (N,)).mean()


def drift_replicates(key, p0, N, T, B):
    def history(key):
        keys = jax.random.split(key, T)
        shares = [jnp.asarray(p0, jnp.float32), next_share(keys[0], p0, N)]
        for k in keys[1:]:
            number = jnp.round(shares[-1] * N)
            parents = jax.random.randint(k, (N,), 0, N)
            shares.append(jnp.mean(parents < number))
        return jnp.stack(shares)

    return jax.vmap(history)(jax.random.split(key, B))
