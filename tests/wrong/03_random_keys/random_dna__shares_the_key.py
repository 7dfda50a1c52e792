"""Maps over numbers, and all sequences share one key."""
# diagnosis: replicates-identical

import jax
import jax.numpy as jnp


def random_dna(key, n, L, p):
    return jax.vmap(lambda i: jax.random.choice(key, 4, (L,), p=p))(jnp.arange(n))
