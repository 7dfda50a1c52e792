"""Does not hand the parameters over."""
# diagnosis: decay-without-params

import jax
import optax


def run_optimizer(tx, loss, params, steps):
    opt_state = tx.init(params)
    for _ in range(steps):
        updates, opt_state = tx.update(jax.grad(loss)(params), opt_state)
        params = optax.apply_updates(params, updates)
    return params, opt_state
