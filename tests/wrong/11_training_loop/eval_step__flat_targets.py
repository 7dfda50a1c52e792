"""Flattens the targets and not the predictions."""
# diagnosis: rank-promotion

import jax.numpy as jnp


def eval_step(state, x, y):
    variables = {"params": state.params, "batch_stats": state.batch_stats}
    differences = state.apply_fn(variables, x, train=False) - y.ravel()
    return {"loss": jnp.mean(differences**2), "error": jnp.mean(jnp.abs(differences))}
