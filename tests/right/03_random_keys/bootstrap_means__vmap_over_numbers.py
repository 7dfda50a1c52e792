"""Maps over numbers, and folds each one into the key."""

import jax
import jax.numpy as jnp


def bootstrap_means(key, x, B):
    def one(i):
        return jax.random.choice(jax.random.fold_in(key, i), x, x.shape).mean()

    return jax.vmap(one)(jnp.arange(B))
