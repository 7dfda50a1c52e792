"""Uses the loss with a factor of one half."""
# diagnosis: loss-halved

import optax


def task_loss(kind, outputs, targets):
    if kind == "one_of_many":
        return optax.softmax_cross_entropy_with_integer_labels(outputs, targets).mean()
    outputs, targets = outputs.ravel(), targets.ravel()
    if kind == "number":
        return optax.l2_loss(outputs, targets).mean()
    return optax.sigmoid_binary_cross_entropy(outputs, targets).mean()
