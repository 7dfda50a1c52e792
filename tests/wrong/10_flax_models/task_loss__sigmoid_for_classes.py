"""Takes a sigmoid for each class."""
# diagnosis: loss-of-another-kind

import jax
import optax


def task_loss(kind, outputs, targets):
    if kind == "number":
        return optax.squared_error(outputs.ravel(), targets.ravel()).mean()
    if kind == "one_of_many":
        targets = jax.nn.one_hot(targets, outputs.shape[-1])
    return optax.sigmoid_binary_cross_entropy(outputs.ravel(), targets.ravel()).mean()
