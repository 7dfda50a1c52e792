"""Adds 1 to the count, to be safe."""
# diagnosis: wrong-value

import jax.numpy as jnp


def expressed_mean(x, threshold):
    expressed = x > threshold
    return jnp.where(expressed, x, 0.0).sum() / (expressed.sum() + 1)
