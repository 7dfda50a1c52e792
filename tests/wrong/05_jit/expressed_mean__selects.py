"""Selects the entries with a condition."""
# diagnosis: boolean-mask-in-jit

import jax.numpy as jnp


def expressed_mean(x, threshold):
    expressed = x[x > threshold]
    return jnp.where(expressed.size > 0, jnp.sum(expressed) / max(expressed.size, 1), 0.0)
