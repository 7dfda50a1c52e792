"""Returns the loss of each sample."""
# diagnosis: wrong-shape

import optax


def task_loss(kind, outputs, targets):
    if kind == "one_of_many":
        return optax.softmax_cross_entropy_with_integer_labels(outputs, targets)
    outputs, targets = outputs.ravel(), targets.ravel()
    if kind == "number":
        return optax.squared_error(outputs, targets)
    return optax.sigmoid_binary_cross_entropy(outputs, targets)
