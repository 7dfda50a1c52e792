"""Gives no key to dropout."""
# diagnosis: dropout-rng

import jax
import jax.numpy as jnp


def regularized_step(state, key, x, y):
    # dropout is random by itself

    def loss_of(params):
        variables = {"params": params, "batch_stats": state.batch_stats}
        predictions, changed = state.apply_fn(variables, x, train=True, mutable=["batch_stats"])
        return jnp.mean((predictions - y) ** 2), changed["batch_stats"]

    (loss, batch_stats), grads = jax.value_and_grad(loss_of, has_aux=True)(state.params)
    return state.apply_gradients(grads=grads, batch_stats=batch_stats), loss
