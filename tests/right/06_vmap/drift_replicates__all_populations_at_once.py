"""Draws for all populations at once, generation by generation."""

import jax
import jax.numpy as jnp


def drift_replicates(key, p0, N, T, B):
    p = jnp.full(B, p0, dtype=jnp.float32)
    history = [p]
    for t in range(T):
        draws = jax.random.uniform(jax.random.fold_in(key, t), (B, N))
        p = (draws < p[:, None]).sum(axis=1) / N
        history.append(p)
    return jnp.stack(history, axis=1)
