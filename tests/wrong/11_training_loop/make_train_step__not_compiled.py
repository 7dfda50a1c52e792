"""Forgets to compile."""
# diagnosis: traced-every-time

import jax


def make_train_step(loss_fn):
    def step(state, x, y):
        loss, grads = jax.value_and_grad(loss_fn)(state.params, state.apply_fn, x, y)
        return state.apply_gradients(grads=grads), loss

    return step
