"""Counts the start as a step."""
# diagnosis: one-step-off

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    loss = lambda p: jnp.mean(losses(p, x, y))
    grads = jax.grad(loss)(params)
    for _ in range(steps + 1):
        params = jax.tree.map(lambda p, g: p - lr * g, params, grads)
        grads = jax.grad(loss)(params)
    return params
