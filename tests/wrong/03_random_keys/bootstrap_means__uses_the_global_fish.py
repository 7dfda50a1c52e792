"""Draws from the fish of the example instead of from `x`."""
# diagnosis: read-from-outside

import jax
import jax.numpy as jnp


fish = jnp.array([11.0, 12.5, 9.0, 14.0, 10.5])


def bootstrap_means(key, x, B):
    def one_mean(k):
        return jax.random.choice(k, fish, fish.shape).mean()

    return jax.vmap(one_mean)(jax.random.split(key, B))
