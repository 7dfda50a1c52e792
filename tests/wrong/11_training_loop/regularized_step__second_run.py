"""Runs the model once more after the step, for the running averages."""
# diagnosis: taken-after-the-step

import jax
import jax.numpy as jnp


def regularized_step(state, key, x, y):
    dropout_key = jax.random.fold_in(key, state.step)

    def loss_of(params):
        variables = {"params": params, "batch_stats": state.batch_stats}
        predictions, changed = state.apply_fn(
            variables, x, train=True, rngs={"dropout": dropout_key}, mutable=["batch_stats"]
        )
        return jnp.mean((predictions - y) ** 2), changed

    (loss, changed), grads = jax.value_and_grad(loss_of, has_aux=True)(state.params)
    state = state.apply_gradients(grads=grads)
    variables = {"params": state.params, "batch_stats": state.batch_stats}
    _, changed = state.apply_fn(variables, x, train=True, rngs={"dropout": dropout_key}, mutable=["batch_stats"])
    return state.replace(batch_stats=changed["batch_stats"]), loss
