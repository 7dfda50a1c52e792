"""Splits the same key twice, and takes the first child each time."""
# diagnosis: split-twice

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    k1, _ = jax.random.split(key)
    mask = jax.random.bernoulli(k1, rate, seqs.shape)
    k2, _ = jax.random.split(key)
    step = jax.random.randint(k2, seqs.shape, 1, 4)
    return jnp.where(mask, (seqs + step) % 4, seqs)
