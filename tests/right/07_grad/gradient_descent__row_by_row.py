"""Averages the gradients of the rows, and writes its own walk through the dictionaries."""

import jax
import jax.numpy as jnp


def step(params, grads, lr):
    if isinstance(params, dict):
        return {name: step(params[name], grads[name], lr) for name in params}
    return params - lr * grads


def gradient_descent(losses, params, x, y, lr, steps):
    for _ in range(steps):
        of_rows = jax.jacobian(losses)(params, x, y)
        params = step(params, jax.tree.map(lambda g: g.mean(axis=0), of_rows), lr)
    return params
