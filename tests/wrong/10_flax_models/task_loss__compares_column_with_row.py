"""Compares a column with a row."""
# diagnosis: rank-promotion

import optax


def task_loss(kind, outputs, targets):
    if kind == "number":
        return ((outputs - targets) ** 2).mean()
    if kind == "one_of_many":
        return optax.softmax_cross_entropy_with_integer_labels(outputs, targets).mean()
    return optax.sigmoid_binary_cross_entropy(outputs.reshape(targets.shape), targets).mean()
