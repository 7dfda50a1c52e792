"""Mutates one sequence, and maps that over all of them."""

import jax
import jax.numpy as jnp


def mutate_one(key, seq, rate):
    where_key, what_key = jax.random.split(key)
    mask = jax.random.bernoulli(where_key, p=rate, shape=seq.shape)
    shift = jax.random.choice(what_key, jnp.array([1, 2, 3]), seq.shape)
    return (seq + mask * shift) % 4


def mutate_seqs(key, seqs, rate):
    keys = jax.random.split(key, seqs.shape[0])
    return jax.vmap(mutate_one, in_axes=(0, 0, None))(keys, seqs, rate)
