"""Flattens the predictions, and forgets that y may be a column."""
# diagnosis: rank-promotion

import jax.numpy as jnp


def calculate_loss(params, apply_fn, x, y):
    predictions = apply_fn({"params": params}, x)[:, 0]
    return jnp.mean((predictions - y) ** 2)
