"""Cuts off probabilities so that no logarithm is infinite."""
# diagnosis: probability-cut-off

import jax
import jax.numpy as jnp


def task_loss(kind, outputs, targets):
    if kind == "number":
        return jnp.mean((outputs.ravel() - targets.ravel()) ** 2)
    if kind == "one_of_many":
        p = jnp.clip(jax.nn.softmax(outputs), 1e-7, 1 - 1e-7)
        return -jnp.log(p[jnp.arange(len(targets)), targets]).mean()
    p = jnp.clip(jax.nn.sigmoid(outputs.ravel()), 1e-7, 1 - 1e-7)
    y = targets.ravel()
    return -(y * jnp.log(p) + (1 - y) * jnp.log(1 - p)).mean()
