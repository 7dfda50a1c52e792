"""Takes the next base each time."""
# diagnosis: base-preferred

import jax
import jax.numpy as jnp


def mutate_seqs(key, seqs, rate):
    hit = jax.random.bernoulli(key, rate, seqs.shape)
    return jnp.where(hit, (seqs + 1) % 4, seqs)
