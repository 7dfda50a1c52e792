"""Splits in the loop, and keeps the old key."""
# diagnosis: key-not-advanced

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    rows = []
    for _ in range(n):
        _, subkey = jax.random.split(key)
        rows.append(jax.random.choice(subkey, 4, (L,), p=p))
    return jnp.array(rows)
