"""Applies the gradients where the updates belong."""
# diagnosis: learning-rate-left-out

import jax
import jax.numpy as jnp

import optax


def gradient_descent(losses, params, x, y, lr, steps):
    tx = optax.sgd(lr)
    state = tx.init(params)
    for _ in range(steps):
        grads = jax.grad(lambda p: jnp.mean(losses(p, x, y)))(params)
        updates, state = tx.update(grads, state, params)
        params = optax.apply_updates(params, grads)
    return params
