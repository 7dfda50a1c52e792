"""Runs the model in training mode."""
# diagnosis: evaluated-in-training-mode

import jax
import jax.numpy as jnp


def eval_step(state, x, y):
    variables = {"params": state.params, "batch_stats": state.batch_stats}
    predictions, _ = state.apply_fn(
        variables, x, train=True, mutable=["batch_stats"], rngs={"dropout": jax.random.key(0)}
    )
    return {"loss": jnp.mean((predictions - y) ** 2), "error": jnp.mean(jnp.abs(predictions - y))}
