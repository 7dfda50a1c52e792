"""Loops without ever making a new key."""
# diagnosis: key-not-advanced

import jax
import jax.numpy as jnp


def bootstrap_means(key, x, B):
    means = []
    for _ in range(B):
        sample = jax.random.choice(key, x, x.shape)
        means.append(sample.mean())
    return jnp.array(means)
