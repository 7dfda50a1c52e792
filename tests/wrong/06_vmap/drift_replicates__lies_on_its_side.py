"""Returns a column for each population."""
# diagnosis: batch-axis-elsewhere

import jax
import jax.numpy as jnp


def next_share(key, p, N):
    return jax.random.bernoulli(key, p, (N,)).mean()


def drift_replicates(key, p0, N, T, B):
    def history(key):
        shares = [jnp.float32(p0)]
        keys = jax.random.split(key, T)
        for k in keys:
            shares.append(next_share(k, shares[-1], N))
        return jnp.stack(shares)

    return jax.vmap(history, out_axes=1)(jax.random.split(key, B))
