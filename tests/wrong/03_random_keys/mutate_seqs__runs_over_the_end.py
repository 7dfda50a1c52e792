"""Adds the step, and forgets to come round."""
# diagnosis: no-such-base

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    k1, k2 = jax.random.split(key)
    mask = jax.random.bernoulli(k1, rate, seqs.shape)
    return jnp.where(mask, seqs + jax.random.randint(k2, seqs.shape, 1, 4), seqs)
