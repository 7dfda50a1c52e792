"""Subtracts one dictionary from the other."""
# diagnosis: tree-not-array

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    for _ in range(steps):
        params = params - lr * jax.grad(lambda p: jnp.mean(losses(p, x, y)))(params)
    return params
