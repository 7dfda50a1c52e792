"""Adds the labels of a sample up."""
# diagnosis: labels-added-up

import optax


def task_loss(kind, outputs, targets):
    if kind == "one_of_many":
        return optax.softmax_cross_entropy_with_integer_labels(outputs, targets).mean()
    if kind == "any_of_many":
        return optax.sigmoid_binary_cross_entropy(outputs, targets).sum(axis=-1).mean()
    outputs, targets = outputs.ravel(), targets.ravel()
    if kind == "number":
        return optax.squared_error(outputs, targets).mean()
    return optax.sigmoid_binary_cross_entropy(outputs, targets).mean()
