"""Has a loss of its own inside."""
# diagnosis: argument-ignored

import jax
import jax.numpy as jnp


def make_train_step(loss_fn):
    @jax.jit
    def step(state, x, y):
        def mse(params):
            return jnp.mean((state.apply_fn({"params": params}, x) - y) ** 2)

        loss, grads = jax.value_and_grad(mse)(state.params)
        return state.apply_gradients(grads=grads), loss

    return step
