"""Mutates the same number of bases in each sequence."""
# diagnosis: count-fixed

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    k1, k2 = jax.random.split(key)
    count = round(rate * seqs.shape[1])
    first = jnp.broadcast_to(jnp.arange(seqs.shape[1]) < count, seqs.shape)
    mask = jax.random.permutation(k1, first, axis=1, independent=True)
    step = jax.random.randint(k2, seqs.shape, 1, 4)
    return jnp.where(mask, (seqs + step) % 4, seqs)
