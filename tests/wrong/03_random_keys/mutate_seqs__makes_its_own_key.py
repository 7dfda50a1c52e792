"""Makes a key from a fixed seed inside."""
# diagnosis: key-made-inside

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    k1, k2 = jax.random.split(jax.random.key(42))
    mask = jax.random.bernoulli(k1, rate, seqs.shape)
    step = jax.random.randint(k2, seqs.shape, 1, 4)
    return jnp.where(mask, (seqs + step) % 4, seqs)
