"""Applies the gradients themselves."""
# diagnosis: gradients-as-updates

import jax
import optax


def run_optimizer(tx, loss, params, steps):
    opt_state = tx.init(params)
    for _ in range(steps):
        grads = jax.grad(loss)(params)
        updates, opt_state = tx.update(grads, opt_state, params)
        params = optax.apply_updates(params, grads)
    return params, opt_state
