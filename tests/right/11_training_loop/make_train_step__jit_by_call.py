"""A closure over the data, compiled by a call."""

import jax


def make_train_step(loss_fn):
    def one_step(state, x, y):
        def of_params(params):
            return loss_fn(params, state.apply_fn, x, y)

        value, gradient = jax.value_and_grad(of_params)(state.params)
        new_state = state.apply_gradients(grads=gradient)
        return new_state, value

    return jax.jit(one_step)
