"""Writes one sequence, and maps it over keys."""

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    def one_sequence(k):
        return jax.random.choice(k, jnp.arange(4), shape=(L,), p=p)

    keys = jax.random.split(key, n)
    return jax.vmap(one_sequence)(keys)
