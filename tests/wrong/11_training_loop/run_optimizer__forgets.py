"""Throws the optimizer's new state away."""
# diagnosis: optimizer-state-lost

import jax
import optax


def run_optimizer(tx, loss, params, steps):
    opt_state = tx.init(params)
    for _ in range(steps):
        grads = jax.grad(loss)(params)
        updates, _ = tx.update(grads, opt_state, params)
        params = optax.apply_updates(params, updates)
    return params, opt_state
