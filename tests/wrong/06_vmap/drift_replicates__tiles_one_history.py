"""Simulates once, and repeats the row."""
# diagnosis: replicates-identical

import jax
import jax.numpy as jnp


def next_share(key, p, N):
    return jax.random.bernoulli(key, p, (N,)).mean()


def drift_replicates(key, p0, N, T, B):
    shares = [jnp.float32(p0)]
    keys = jax.random.split(key, T)
    for generation_key in keys:
        shares.append(next_share(generation_key, shares[-1], N))
    return jnp.tile(jnp.stack(shares), (B, 1))
