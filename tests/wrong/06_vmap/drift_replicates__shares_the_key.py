"""Maps over numbers, and the key comes from outside."""
# diagnosis: replicates-identical

import jax
import jax.numpy as jnp


def next_share(key, p, N):
    return jax.random.bernoulli(key, p, (N,)).mean()


def drift_replicates(key, p0, N, T, B):
    def history(population):
        shares = [jnp.float32(p0)]
        for generation_key in jax.random.split(key, T):
            shares.append(next_share(generation_key, shares[-1], N))
        return jnp.stack(shares)

    return jax.vmap(history)(jnp.arange(B))
