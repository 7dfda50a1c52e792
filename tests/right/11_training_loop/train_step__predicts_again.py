"""Computes the predictions in a pass of their own, before the step."""

import jax
import jax.numpy as jnp


def train_step(state, x, y):
    predict = lambda params: state.apply_fn({"params": params}, x)  # noqa: E731
    loss, grads = jax.value_and_grad(lambda params: jnp.mean(jnp.square(predict(params) - y)))(state.params)
    predictions = predict(state.params)
    updates, opt_state = state.tx.update(grads, state.opt_state, state.params)
    params = jax.tree.map(jnp.add, state.params, updates)
    return state.replace(params=params, opt_state=opt_state, step=state.step + 1), (loss, predictions)
