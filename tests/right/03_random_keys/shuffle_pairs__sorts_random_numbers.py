"""Gives each cell a random number, and sorts by it."""

import jax
import jax.numpy as jnp


@jax.jit
def shuffle_pairs(key, X, y):
    n_cells = X.shape[0]
    tickets = jax.random.uniform(key, (n_cells,))
    order = jnp.argsort(tickets)
    return [jnp.take(X, order, axis=0), jnp.take(y, order, axis=0)]
