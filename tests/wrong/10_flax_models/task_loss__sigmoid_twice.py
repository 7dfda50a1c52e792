"""Applies sigmoid before the loss that applies it."""
# diagnosis: activation-twice

import jax
import optax


def task_loss(kind, outputs, targets):
    if kind == "one_of_many":
        return optax.softmax_cross_entropy_with_integer_labels(outputs, targets).mean()
    outputs, targets = outputs.ravel(), targets.ravel()
    if kind == "number":
        return optax.squared_error(outputs, targets).mean()
    return optax.sigmoid_binary_cross_entropy(jax.nn.sigmoid(outputs), targets).mean()
