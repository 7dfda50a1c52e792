"""Adds normal noise of the right size, rounded to whole copies."""
# diagnosis: wrong-distribution

import jax
import jax.numpy as jnp


def drift_replicates(key, p0, N, T, B):
    shares = [jnp.full(B, p0, jnp.float32)]
    for subkey in jax.random.split(key, T):
        p = shares[-1]
        noise = jax.random.normal(subkey, (B,)) * jnp.sqrt(p * (1 - p) / N)
        shares.append(jnp.clip(jnp.round((p + noise) * N) / N, 0, 1))
    return jnp.stack(shares, axis=1)
