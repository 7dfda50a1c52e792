"""Draws one sample and repeats it."""
# diagnosis: replicates-identical

import jax
import jax.numpy as jnp


def bootstrap_means(key, x, B):
    sample = jax.random.choice(key, x, x.shape)
    return jnp.tile(sample, (B, 1)).mean(axis=1)
