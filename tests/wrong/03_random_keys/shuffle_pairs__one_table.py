"""Makes one table of both, which has one dtype."""
# diagnosis: wrong-dtype

import jax
import jax.numpy as jnp


def shuffle_pairs(key, X, y):
    table = jnp.concatenate([X, y[:, None]], axis=1)
    table = jax.random.permutation(key, table)
    return table[:, :-1], table[:, -1]
