"""Takes the first true label for the class."""
# diagnosis: loss-of-another-kind

import jax.numpy as jnp
import optax


def task_loss(kind, outputs, targets):
    if kind == "number":
        return optax.squared_error(outputs.ravel(), targets.ravel()).mean()
    if kind == "yes_no":
        return optax.sigmoid_binary_cross_entropy(outputs.ravel(), targets.ravel()).mean()
    if kind == "any_of_many":
        targets = jnp.argmax(targets, axis=-1)
    return optax.softmax_cross_entropy_with_integer_labels(outputs, targets).mean()
