"""Writes into the dictionaries of the caller."""
# diagnosis: dictionary-changed

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    for _ in range(steps):
        grads = jax.grad(lambda p: jnp.mean(losses(p, x, y)))(params)
        for name in params["layer"]:
            params["layer"][name] = params["layer"][name] - lr * grads["layer"][name]
        params["b"] = params["b"] - lr * grads["b"]
    return params
