"""Gives `grad` all losses at once."""
# diagnosis: grad-of-vector

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    for _ in range(steps):
        grads = jax.grad(losses)(params, x, y)
        params = jax.tree.map(lambda p, g: p - lr * g, params, grads)
    return params
