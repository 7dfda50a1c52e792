"""Begins each step at the start."""
# diagnosis: one-step-only

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    new = params
    for _ in range(steps):
        grads = jax.grad(lambda p: jnp.mean(losses(p, x, y)))(params)
        new = jax.tree.map(lambda p, g: p - lr * g, params, grads)
    return new
