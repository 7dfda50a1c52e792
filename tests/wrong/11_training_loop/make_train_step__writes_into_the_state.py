"""Writes the new parameters into the state."""
# diagnosis: frozen-state

import jax
import optax


def make_train_step(loss_fn):
    @jax.jit
    def step(state, x, y):
        loss, grads = jax.value_and_grad(loss_fn)(state.params, state.apply_fn, x, y)
        updates, state.opt_state = state.tx.update(grads, state.opt_state, state.params)
        state.params = optax.apply_updates(state.params, updates)
        return state, loss

    return step
