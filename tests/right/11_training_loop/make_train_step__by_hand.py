"""The optimizer by hand, and a dictionary of results inside."""

import jax
import optax


def make_train_step(loss_fn):
    grad_fn = jax.value_and_grad(loss_fn, argnums=0)

    @jax.jit
    def update(state, inputs, targets):
        loss, grads = grad_fn(state.params, state.apply_fn, inputs, targets)
        updates, opt_state = state.tx.update(grads, state.opt_state, state.params)
        params = optax.apply_updates(state.params, updates)
        return state.replace(step=state.step + 1, params=params, opt_state=opt_state), loss

    return update
