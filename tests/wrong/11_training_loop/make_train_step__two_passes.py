"""Computes the loss, and then once more for its gradient."""
# diagnosis: loss-called-again

import jax


def make_train_step(loss_fn):
    @jax.jit
    def step(state, x, y):
        loss = loss_fn(state.params, state.apply_fn, x, y)
        grads = jax.grad(loss_fn)(state.params, state.apply_fn, x, y)
        return state.apply_gradients(grads=grads), loss

    return step
