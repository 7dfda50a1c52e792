"""Subtracts the gradients, as in a formula of gradient descent."""
# diagnosis: gradients-as-updates

import jax


def run_optimizer(tx, loss, params, steps):
    opt_state = tx.init(params)
    for _ in range(steps):
        grads = jax.grad(loss)(params)
        _, opt_state = tx.update(grads, opt_state, params)
        params = jax.tree.map(lambda p, g: p - g, params, grads)
    return params, opt_state
