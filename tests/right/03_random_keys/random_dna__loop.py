"""Loops in Python, and carries the key along."""

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    seqs = []
    for i in range(n):
        key, sub = jax.random.split(key)
        seqs.append(jax.random.choice(sub, 4, (L,), replace=True, p=p))
    return jnp.stack(seqs)
