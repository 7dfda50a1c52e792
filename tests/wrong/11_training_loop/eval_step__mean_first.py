"""Takes the absolute value of the mean, so that errors of different signs cancel."""
# diagnosis: mean-too-early

import jax.numpy as jnp


def eval_step(state, x, y):
    variables = {"params": state.params, "batch_stats": state.batch_stats}
    predictions = state.apply_fn(variables, x, train=False)
    return {"loss": jnp.mean((predictions - y) ** 2), "error": jnp.abs(jnp.mean(predictions - y))}
