"""Draws the new base from all four."""
# diagnosis: mutation-to-itself

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    k1, k2 = jax.random.split(key)
    mask = jax.random.bernoulli(k1, rate, seqs.shape)
    new = jax.random.randint(k2, seqs.shape, 0, 4)
    return jnp.where(mask, new, seqs)
