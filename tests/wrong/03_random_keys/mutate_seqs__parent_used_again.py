"""Uses one child, and the parent beside it."""
# diagnosis: parent-key-used

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    _, subkey = jax.random.split(key)
    mask = jax.random.bernoulli(subkey, rate, seqs.shape)
    step = jax.random.randint(key, seqs.shape, 1, 4)
    return jnp.where(mask, (seqs + step) % 4, seqs)
