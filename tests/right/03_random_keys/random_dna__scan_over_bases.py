"""Adds one base after the other to all sequences, in a scan."""

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    def add_base(key, _):
        key, base_key = jax.random.split(key)
        return key, jax.random.choice(base_key, 4, (n,), p=p)

    _, columns = jax.lax.scan(add_base, key, xs=None, length=L)
    return jnp.transpose(columns)
