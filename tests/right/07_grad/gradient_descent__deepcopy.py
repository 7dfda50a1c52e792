"""Copies everything first, and then writes into the copy."""

import jax
import jax.numpy as jnp

import copy


def gradient_descent(losses, params, x, y, lr, steps):
    params = copy.deepcopy(params)
    for _ in range(steps):
        g = jax.grad(lambda p: losses(p, x, y).mean())(params)
        params["layer"]["w"] -= lr * g["layer"]["w"]
        params["b"] -= lr * g["b"]
    return params
