"""With `scan`, and the parameters by their name."""

import jax
import optax


def run_optimizer(tx, loss, params, steps):
    grad_fn = jax.grad(loss)

    def one(carry, _):
        p, s = carry
        u, s = tx.update(grad_fn(p), s, params=p)
        return (optax.apply_updates(p, u), s), None

    (params, state), _ = jax.lax.scan(one, (params, tx.init(params)), None, length=steps)
    return [params, state]
