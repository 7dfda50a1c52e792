"""Keeps all that the model changed, one level too deep."""
# diagnosis: nested-batch-stats

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
    return state.apply_gradients(grads=grads, batch_stats=changed), loss
