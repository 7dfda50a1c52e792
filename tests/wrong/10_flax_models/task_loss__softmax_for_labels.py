"""Treats several labels like one class."""
# diagnosis: loss-of-another-kind

import optax


def task_loss(kind, outputs, targets):
    if kind == "number":
        return optax.squared_error(outputs.ravel(), targets.ravel()).mean()
    if kind == "yes_no":
        return optax.sigmoid_binary_cross_entropy(outputs.ravel(), targets.ravel()).mean()
    if kind == "one_of_many":
        return optax.softmax_cross_entropy_with_integer_labels(outputs, targets).mean()
    return optax.softmax_cross_entropy(outputs, targets).mean()
