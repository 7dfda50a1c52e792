"""The loop is one of JAX."""

import jax
import optax


def run_optimizer(tx, loss, params, steps):
    def body(_, carry):
        params, opt_state = carry
        updates, opt_state = tx.update(jax.grad(loss)(params), opt_state, params)
        return optax.apply_updates(params, updates), opt_state

    return jax.lax.fori_loop(0, steps, body, (params, tx.init(params)))
