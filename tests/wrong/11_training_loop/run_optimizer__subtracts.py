"""Subtracts the updates."""
# diagnosis: updates-subtracted

import jax


def run_optimizer(tx, loss, params, steps):
    opt_state = tx.init(params)
    for _ in range(steps):
        updates, opt_state = tx.update(jax.grad(loss)(params), opt_state, params)
        params = jax.tree.map(lambda p, u: p - u, params, updates)
    return params, opt_state
