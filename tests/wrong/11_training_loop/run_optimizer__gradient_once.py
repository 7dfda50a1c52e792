"""Takes the gradient once, before the loop."""
# diagnosis: gradient-not-renewed

import jax
import optax


def run_optimizer(tx, loss, params, steps):
    opt_state = tx.init(params)
    grads = jax.grad(loss)(params)
    for _ in range(steps):
        updates, opt_state = tx.update(grads, opt_state, params)
        params = optax.apply_updates(params, updates)
    return params, opt_state
