"""Swaps each cell with a place drawn from all of them."""
# diagnosis: orders-not-even

import jax
import jax.numpy as jnp


def shuffle_pairs(key, X, y):
    n = len(y)
    places = jax.random.randint(key, (n,), 0, n)
    order = jnp.arange(n)
    for i in range(n):
        j = places[i]
        order = order.at[jnp.array([i, j])].set(order[jnp.array([j, i])])
    return X[order], y[order]
