"""Forgets to keep the new state."""
# diagnosis: dropped-state

import jax
import jax.numpy as jnp


def train_step(state, x, y):
    def loss_of(params):
        predictions = state.apply_fn({"params": params}, x)
        return jnp.mean((predictions - y) ** 2), predictions

    (loss, predictions), grads = jax.value_and_grad(loss_of, has_aux=True)(state.params)
    state.apply_gradients(grads=grads)
    return state, (loss, predictions)
