"""An `if` on the shape, which is known inside `jit`."""

import jax.numpy as jnp


def calculate_loss(p, forward, inputs, targets):
    """Mean squared error."""
    if targets.ndim == 1:
        targets = targets[:, None]
    residuals = forward({"params": p}, inputs) - targets
    return jnp.sum(jnp.square(residuals)) / residuals.shape[0]
