"""Copies the dictionary, and not the one inside it."""
# diagnosis: dictionary-changed

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    params = dict(params)
    for _ in range(steps):
        grads = jax.grad(lambda p: jnp.mean(losses(p, x, y)))(params)
        params["layer"]["w"] = params["layer"]["w"] - lr * grads["layer"]["w"]
        params["b"] = params["b"] - lr * grads["b"]
    return params
