"""Two Python loops, with a fresh key each time."""

import jax
import jax.numpy as jnp


def drift_replicates(key, p0, N, T, B):
    table = []
    for _ in range(B):
        row = [p0]
        for _ in range(T):
            key, subkey = jax.random.split(key)
            row.append(float(jax.random.bernoulli(subkey, row[-1], (N,)).sum()) / N)
        table.append(row)
    return jnp.array(table, dtype=jnp.float32)
