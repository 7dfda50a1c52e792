"""Mutates where the number is larger than the rate."""
# diagnosis: mutation-inverted

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    k1, k2 = jax.random.split(key)
    hit = jax.random.uniform(k1, seqs.shape) > rate
    step = jax.random.randint(k2, seqs.shape, 1, 4)
    return jnp.where(hit, (seqs + step) % 4, seqs)
