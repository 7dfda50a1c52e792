"""Mutates exactly as many bases as the rate says."""
# diagnosis: count-fixed

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    where_key, what_key = jax.random.split(key)
    count = round(rate * seqs.size)
    order = jax.random.permutation(where_key, seqs.size).reshape(seqs.shape)
    step = jax.random.randint(what_key, seqs.shape, 1, 4)
    return jnp.where(order < count, (seqs + step) % 4, seqs)
