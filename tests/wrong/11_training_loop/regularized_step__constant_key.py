"""Gives dropout the same key in each step."""
# diagnosis: dropout-key-constant

import jax
import jax.numpy as jnp


def regularized_step(state, key, x, y):
    dropout_key = key

    def loss_of(params):
        variables = {"params": params, "batch_stats": state.batch_stats}
        predictions, changed = state.apply_fn(
            variables, x, train=True, rngs={"dropout": dropout_key}, mutable=["batch_stats"]
        )
        return jnp.mean((predictions - y) ** 2), changed["batch_stats"]

    (loss, batch_stats), grads = jax.value_and_grad(loss_of, has_aux=True)(state.params)
    return state.apply_gradients(grads=grads, batch_stats=batch_stats), loss
