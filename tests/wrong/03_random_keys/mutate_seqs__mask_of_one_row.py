"""Draws the places for one sequence and uses them for all."""
# diagnosis: mask-shared

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    k1, k2 = jax.random.split(key)
    hit = jax.random.bernoulli(k1, rate, (seqs.shape[1],))
    step = jax.random.randint(k2, seqs.shape, 1, 4)
    return jnp.where(hit, (seqs + step) % 4, seqs)
