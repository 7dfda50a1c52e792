"""Computes the loss with the new parameters."""
# diagnosis: taken-after-the-step

import jax


def make_train_step(loss_fn):
    @jax.jit
    def step(state, x, y):
        grads = jax.grad(loss_fn)(state.params, state.apply_fn, x, y)
        state = state.apply_gradients(grads=grads)
        return state, loss_fn(state.params, state.apply_fn, x, y)

    return step
