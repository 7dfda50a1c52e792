"""Draws in half precision."""
# diagnosis: wrong-dtype

import jax
import jax.numpy as jnp


def bootstrap_means(key, x, B):
    return jax.random.choice(key, x, (B, x.shape[0])).astype(jnp.float16).mean(axis=1)
