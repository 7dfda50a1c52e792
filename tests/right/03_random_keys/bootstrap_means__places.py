"""Draws places with `randint` and looks the entries up."""

import jax
import jax.numpy as jnp


def bootstrap_means(key, x, B):
    n = x.shape[0]
    places = jax.random.randint(key, (B, n), 0, n)
    return jnp.mean(jnp.take(x, places), axis=-1)
