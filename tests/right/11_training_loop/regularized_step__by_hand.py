"""The optimizer by hand, with a helper that runs the model."""

import jax
import jax.numpy as jnp


def regularized_step(state, key, x, y):
    step_key = jax.random.fold_in(key, state.step)

    def run(params):
        everything = dict(params=params, batch_stats=state.batch_stats)
        return state.apply_fn(everything, x=x, train=True, mutable=["batch_stats"], rngs=dict(dropout=step_key))

    def loss_of(params):
        predictions, changed = run(params)
        return jnp.mean(jnp.abs(predictions - y) ** 2), changed

    (loss, changed), grads = jax.value_and_grad(loss_of, has_aux=True)(state.params)
    updates, opt_state = state.tx.update(grads, state.opt_state, state.params)
    return state.replace(
        step=state.step + 1,
        params=jax.tree.map(lambda p, u: p + u, state.params, updates),
        opt_state=opt_state,
        batch_stats=changed["batch_stats"],
    ), loss
