"""Leaves the steps to Optax."""

import jax
import jax.numpy as jnp

import optax


def gradient_descent(losses, params, x, y, lr, steps):
    tx = optax.sgd(lr)
    state = tx.init(params)
    for i in range(steps):
        loss, grads = jax.value_and_grad(lambda p: jnp.mean(losses(p, x, y)))(params)
        updates, state = tx.update(grads, state, params)
        params = optax.apply_updates(params, updates)
        if i == 0:
            print("loss", loss)
    return params
