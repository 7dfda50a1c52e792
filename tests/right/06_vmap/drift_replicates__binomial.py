"""Draws the number of copies from the binomial distribution."""

import jax
import jax.numpy as jnp


def drift_replicates(key, p0, N, T, B):
    shares = [jnp.full((B,), p0)]
    for k in jax.random.split(key, T):
        shares.append(jax.random.binomial(k, N, shares[-1]) / N)
    return jnp.array(shares).T
