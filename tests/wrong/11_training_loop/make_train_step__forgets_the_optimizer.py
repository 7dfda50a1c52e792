"""Lets the optimizer forget its own state."""
# diagnosis: optimizer-state-lost

import jax
import optax


def make_train_step(loss_fn):
    @jax.jit
    def step(state, x, y):
        loss, grads = jax.value_and_grad(loss_fn)(state.params, state.apply_fn, x, y)
        updates, _ = state.tx.update(grads, state.opt_state, state.params)
        return state.replace(params=optax.apply_updates(state.params, updates), step=state.step + 1), loss

    return step
