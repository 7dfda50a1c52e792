"""Leaves the shapes of yes and no to Optax, which spreads a column over a row."""
# diagnosis: rank-promotion

import optax


def task_loss(kind, outputs, targets):
    if kind == "number":
        return optax.squared_error(outputs.ravel(), targets.ravel()).mean()
    if kind == "one_of_many":
        return optax.softmax_cross_entropy_with_integer_labels(outputs, targets).mean()
    return optax.sigmoid_binary_cross_entropy(outputs, targets).mean()
