"""Thinks that another distribution makes a used key safe."""
# diagnosis: key-reused

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    mask = jax.random.bernoulli(key, rate, seqs.shape)
    step = jax.random.randint(key, seqs.shape, 1, 4)
    return jnp.where(mask, (seqs + step) % 4, seqs)
