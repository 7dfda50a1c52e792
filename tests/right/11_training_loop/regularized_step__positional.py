"""Positional arguments, `mutable` as a text, the loss outside."""

import jax
import optax


def forward(params, state, rng, inputs, targets):
    variables = {"params": params, "batch_stats": state.batch_stats}
    outputs, updates = state.apply_fn(variables, inputs, True, rngs={"dropout": rng}, mutable="batch_stats")
    return optax.squared_error(outputs, targets).mean(), updates


def regularized_step(state, rng, inputs, targets):
    step_rng = jax.random.fold_in(rng, data=state.step)
    (loss, updates), grads = jax.value_and_grad(forward, has_aux=True)(state.params, state, step_rng, inputs, targets)
    return state.apply_gradients(grads=grads, **updates), loss
