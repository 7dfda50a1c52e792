"""Takes a loss with a factor of 1/2."""
# diagnosis: loss-halved

import jax.numpy as jnp
import optax


def eval_step(state, x, y):
    variables = {"params": state.params, "batch_stats": state.batch_stats}
    predictions = state.apply_fn(variables, x, train=False)
    return {"loss": optax.l2_loss(predictions, y).mean(), "error": jnp.abs(predictions - y).mean()}
