"""Returns two things from the loss without saying so."""
# diagnosis: aux-without-has-aux

import jax
import jax.numpy as jnp


def train_step(state, x, y):
    def loss_of(params):
        predictions = state.apply_fn({"params": params}, x)
        return jnp.mean((predictions - y) ** 2), predictions

    (loss, predictions), grads = jax.value_and_grad(loss_of)(state.params)
    return state.apply_gradients(grads=grads), (loss, predictions)
