"""Swaps the last two arguments of `where`."""
# diagnosis: mutation-inverted

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    k1, k2 = jax.random.split(key)
    mask = jax.random.bernoulli(k1, rate, seqs.shape)
    new = (seqs + jax.random.randint(k2, seqs.shape, 1, 4)) % 4
    return jnp.where(mask, seqs, new)
