"""Uses the key of a population in every generation."""
# diagnosis: key-not-advanced

import jax
import jax.numpy as jnp


def next_share(key, p, N):
    return jax.random.bernoulli(key, p, (N,)).mean()


def drift_replicates(key, p0, N, T, B):
    def history(key):
        shares = [jnp.float32(p0)]
        for _ in range(T):
            shares.append(jax.random.bernoulli(key, shares[-1], (N,)).mean())
        return jnp.stack(shares)

    return jax.vmap(history)(jax.random.split(key, B))
