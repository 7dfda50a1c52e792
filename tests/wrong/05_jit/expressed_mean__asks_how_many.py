"""Asks with if whether there is one."""
# diagnosis: python-if-on-tracer

import jax.numpy as jnp


def expressed_mean(x, threshold):
    expressed = x > threshold
    count = expressed.sum()
    if count == 0:
        return 0.0
    return jnp.sum(jnp.where(expressed, x, 0.0)) / count
