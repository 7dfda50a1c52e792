"""Maps over the sequences, and all of them share one key."""
# diagnosis: replicates-identical

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    def mutate_one(seq):
        k1, k2 = jax.random.split(key)
        mask = jax.random.bernoulli(k1, rate, seq.shape)
        return jnp.where(mask, (seq + jax.random.randint(k2, seq.shape, 1, 4)) % 4, seq)

    return jax.vmap(mutate_one)(seqs)
