"""Splits the same key in each round."""
# diagnosis: key-not-advanced

import jax
import jax.numpy as jnp


def bootstrap_means(key, x, B):
    means = []
    for _ in range(B):
        _, subkey = jax.random.split(key)
        means.append(jax.random.choice(subkey, x, x.shape).mean())
    return jnp.stack(means)
