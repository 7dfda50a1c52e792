"""Loops over the sequences, and writes with `at`."""

import jax
import jax.numpy as jnp


def mutate_seqs(key: jax.Array, seqs: jax.Array, rate: float) -> jax.Array:
    if rate == 0.0:
        return seqs
    result = seqs
    for row in range(len(seqs)):
        key, k1, k2 = jax.random.split(key, 3)
        mask = jax.random.bernoulli(k1, rate, (seqs.shape[1],))
        step = jax.random.randint(k2, (seqs.shape[1],), 1, 4)
        result = result.at[row].set(jnp.where(mask, (seqs[row] + step) % 4, seqs[row]))
    return result
