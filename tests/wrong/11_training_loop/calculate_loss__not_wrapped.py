"""Hands the parameters over without their name."""
# diagnosis: params-not-wrapped

import jax.numpy as jnp


def calculate_loss(params, apply_fn, x, y):
    predictions = apply_fn(params, x)
    return jnp.mean((predictions - y.reshape(predictions.shape)) ** 2)
