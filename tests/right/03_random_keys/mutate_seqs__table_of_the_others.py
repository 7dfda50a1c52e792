"""Looks the three others up in a table, with `fold_in` for the keys."""

import jax
import jax.numpy as jnp

OTHERS = jnp.array([[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]], dtype=jnp.int32)


def mutate_seqs(key, seqs, rate):
    hit = jax.random.uniform(jax.random.fold_in(key, 0), seqs.shape) < rate
    pick = jax.random.randint(jax.random.fold_in(key, 1), seqs.shape, minval=0, maxval=3)
    new = OTHERS[seqs, pick]
    return seqs + hit * (new - seqs)
