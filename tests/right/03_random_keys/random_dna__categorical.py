"""Draws with `categorical`, from the logarithms."""

import jax
import jax.numpy as jnp


def random_dna(key, n_seqs, length, probs):
    logits = jnp.log(probs)
    return jax.random.categorical(key, logits, shape=(n_seqs, length)).astype(jnp.int32)
