"""Always takes the complement."""
# diagnosis: base-preferred

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    mask = jax.random.bernoulli(key, rate, seqs.shape)
    return jnp.where(mask, 3 - seqs, seqs)
