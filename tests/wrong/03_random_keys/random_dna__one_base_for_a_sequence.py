"""Draws one base for each sequence."""
# diagnosis: one-base-repeated

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    keys = jax.random.split(key, n)
    bases = jax.vmap(lambda k: jax.random.choice(k, 4, p=p))(keys)
    return jnp.broadcast_to(bases[:, None], (n, L))
