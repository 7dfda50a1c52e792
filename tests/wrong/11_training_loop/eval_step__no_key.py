"""Leaves dropout switched on, without a key."""
# diagnosis: dropout-rng

import jax.numpy as jnp


def eval_step(state, x, y):
    variables = {"params": state.params, "batch_stats": state.batch_stats}
    predictions, _ = state.apply_fn(variables, x, train=True, mutable=["batch_stats"])
    return {"loss": jnp.mean((predictions - y) ** 2), "error": jnp.mean(jnp.abs(predictions - y))}
