"""Starts the optimizer in each step."""
# diagnosis: optimizer-started-anew

import jax
import optax


def run_optimizer(tx, loss, params, steps):
    opt_state = tx.init(params)
    for _ in range(steps):
        opt_state = tx.init(params)
        grads = jax.grad(loss)(params)
        updates, opt_state = tx.update(grads, opt_state, params)
        params = optax.apply_updates(params, updates)
    return params, opt_state
