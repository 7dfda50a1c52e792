"""Walks the data instead of the parameters."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    for _ in range(steps):
        slope = jax.grad(lambda x: jnp.mean(losses(params, x, y)))(x)
        params = jax.tree.map(lambda p: p - lr * jnp.mean(slope), params)
    return params
