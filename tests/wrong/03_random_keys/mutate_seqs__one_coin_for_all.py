"""Tosses one coin, for it gives no shape."""
# diagnosis: one-draw-for-all

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    k1, k2 = jax.random.split(key)
    mask = jax.random.bernoulli(k1, rate)
    step = jax.random.randint(k2, seqs.shape, 1, 4)
    return jnp.where(mask, (seqs + step) % 4, seqs)
