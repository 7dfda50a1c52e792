"""Draws uniform numbers, and looks where they fall between the summed chances."""

import jax
import jax.numpy as jnp


@jax.jit
def to_base(u, borders):
    return (u[..., None] >= borders).sum(axis=-1).astype(jnp.int32)


def random_dna(key, n, L, p):
    u = jax.random.uniform(key, (n, L))
    borders = jnp.cumsum(p)[:3]
    return to_base(u, borders)
