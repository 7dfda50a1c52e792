"""Writes the formula of the cross-entropy as it stands."""
# diagnosis: not-finite

import jax
import jax.numpy as jnp
import optax


def task_loss(kind, outputs, targets):
    if kind == "one_of_many":
        return optax.softmax_cross_entropy_with_integer_labels(outputs, targets).mean()
    outputs, targets = outputs.ravel(), targets.ravel()
    if kind == "number":
        return optax.squared_error(outputs, targets).mean()
    p = jax.nn.sigmoid(outputs)
    return -(targets * jnp.log(p) + (1 - targets) * jnp.log(1 - p)).mean()
