"""Hands the parameters of the start to the optimizer in each step."""
# diagnosis: first-parameters-handed-over

import jax
import optax


def run_optimizer(tx, loss, params, steps):
    opt_state = tx.init(params)
    current = params
    for _ in range(steps):
        grads = jax.grad(loss)(current)
        updates, opt_state = tx.update(grads, opt_state, params)
        current = optax.apply_updates(current, updates)
    return current, opt_state
