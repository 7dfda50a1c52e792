"""Squares the norm of the differences: the root in it has no slope at zero."""
# diagnosis: root-at-zero

import jax.numpy as jnp


def calculate_loss(params, apply_fn, x, y):
    predictions = apply_fn({"params": params}, x)
    differences = predictions - y.reshape(predictions.shape)
    return jnp.linalg.norm(differences) ** 2 / len(differences)
