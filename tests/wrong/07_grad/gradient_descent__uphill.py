"""Adds the gradient."""
# diagnosis: gradient-uphill

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    loss = lambda p: jnp.mean(losses(p, x, y))
    for _ in range(steps):
        grads = jax.grad(loss)(params)
        params = jax.tree.map(lambda p, g: p + lr * g, params, grads)
    return params
