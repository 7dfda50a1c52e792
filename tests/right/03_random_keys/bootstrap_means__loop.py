"""Loops in Python, with a fresh key each time."""

import jax
import jax.numpy as jnp


def bootstrap_means(key, x, B):
    means = []
    for _ in range(B):
        key, subkey = jax.random.split(key)
        means.append(jnp.mean(jax.random.choice(subkey, x, (len(x),))))
    return jnp.stack(means)
