"""Moves the arrays and leaves the inner dictionary as it is."""
# diagnosis: one-part-only

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    for _ in range(steps):
        grads = jax.grad(lambda p: jnp.mean(losses(p, x, y)))(params)
        params = {k: v if isinstance(v, dict) else v - lr * grads[k] for k, v in params.items()}
    return params
