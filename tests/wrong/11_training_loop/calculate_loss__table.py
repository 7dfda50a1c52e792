"""Subtracts a row from a column."""
# diagnosis: rank-promotion

import jax.numpy as jnp


def calculate_loss(params, apply_fn, x, y):
    predictions = apply_fn({"params": params}, x)
    return jnp.mean((predictions - y) ** 2)
