"""Maps over the numbers of the sequences, and folds each one into the key."""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=(1, 2))
def random_dna(key, n, L, p):
    draw = lambda i: jax.random.choice(jax.random.fold_in(key, i), 4, (L,), p=p)
    return jax.vmap(draw)(jnp.arange(n))
