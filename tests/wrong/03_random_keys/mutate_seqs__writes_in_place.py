"""Writes into the sequences."""
# diagnosis: item-assignment

import jax


def mutate_seqs(key, seqs, rate):
    k1, k2 = jax.random.split(key)
    mask = jax.random.bernoulli(k1, rate, seqs.shape)
    step = jax.random.randint(k2, seqs.shape, 1, 4)
    seqs[mask] = (seqs + step)[mask] % 4
    return seqs
