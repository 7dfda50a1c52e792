"""Makes a row of the predictions, which fits only a y of shape (n,)."""
# diagnosis: rank-promotion

import jax.numpy as jnp


def calculate_loss(params, apply_fn, x, y):
    predictions = apply_fn({"params": params}, x).squeeze()
    return jnp.mean((predictions - y) ** 2)
