"""Decides where and what from the same numbers."""
# diagnosis: draws-correlated

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    mask = jax.random.bernoulli(key, rate, seqs.shape)
    step = 1 + jnp.floor(3 * jax.random.uniform(key, seqs.shape)).astype(jnp.int32)
    return jnp.where(mask, (seqs + step) % 4, seqs)
