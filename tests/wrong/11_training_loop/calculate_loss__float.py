"""Makes a Python number of the loss."""
# diagnosis: concrete-value-in-jit

import jax.numpy as jnp


def calculate_loss(params, apply_fn, x, y):
    predictions = apply_fn({"params": params}, x)
    return float(jnp.mean((predictions - y.reshape(predictions.shape)) ** 2))
