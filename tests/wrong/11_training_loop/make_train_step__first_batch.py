"""Compiles the step in the first call, with the data of that call."""
# diagnosis: old-value-compiled-in

import jax


def make_train_step(loss_fn):
    compiled = None

    def step(state, x, y):
        nonlocal compiled
        if compiled is None:

            @jax.jit
            def compiled(state):
                loss, grads = jax.value_and_grad(loss_fn)(state.params, state.apply_fn, x, y)
                return state.apply_gradients(grads=grads), loss

        return compiled(state)

    return step
