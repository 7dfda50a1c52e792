"""The averages by `replace`, and predictions that come along."""

import jax
import jax.numpy as jnp


@jax.jit
def regularized_step(state, key, x, y):
    rngs = {"dropout": jax.random.fold_in(key, state.step)}

    def loss_fn(params):
        preds, mutated = state.apply_fn(
            {"params": params, "batch_stats": state.batch_stats}, x, train=True, mutable=["batch_stats"], rngs=rngs
        )
        return jnp.square(preds - y).mean(), (preds, mutated)

    (loss, (preds, mutated)), grads = jax.value_and_grad(loss_fn, has_aux=True)(state.params)
    state = state.apply_gradients(grads=grads)
    return state.replace(batch_stats=mutated["batch_stats"]), loss
