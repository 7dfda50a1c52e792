"""Adds up instead of taking the mean."""
# diagnosis: sum-and-mean-swapped

import jax.numpy as jnp


def calculate_loss(params, apply_fn, x, y):
    predictions = apply_fn({"params": params}, x)
    return jnp.sum((predictions - y.reshape(-1, 1)) ** 2)
