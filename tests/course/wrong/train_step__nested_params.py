"""Hands the parameters over without their wrapping."""
# diagnosis: no-such-entry

import jax
import jax.numpy as jnp


def train_step(state, x, y):
    def loss(params):
        return jnp.mean((state.apply_fn(params, x) - y) ** 2)

    return state.apply_gradients(grads=jax.grad(loss)(state.params))
