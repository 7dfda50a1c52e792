"""Compares a row of predictions with a column of y."""
# diagnosis: rank-promotion

import jax
import jax.numpy as jnp


def train_step(state, x, y):
    def loss_fn(params):
        predictions = state.apply_fn({"params": params}, x)
        return jnp.mean((predictions.squeeze() - y) ** 2), predictions

    (loss, predictions), grads = jax.value_and_grad(loss_fn, has_aux=True)(state.params)
    return state.apply_gradients(grads=grads), (loss, predictions)
