"""Takes the upper bound of `randint` to be included."""
# diagnosis: entries-left-out

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    k1, k2 = jax.random.split(key)
    mask = jax.random.bernoulli(k1, rate, seqs.shape)
    step = jax.random.randint(k2, seqs.shape, 1, 3)
    return jnp.where(mask, (seqs + step) % 4, seqs)
