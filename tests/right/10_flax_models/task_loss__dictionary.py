"""Picks the loss from a dictionary of functions."""

import jax.numpy as jnp
import optax

LOSSES = {
    "number": optax.losses.squared_error,
    "yes_no": optax.losses.sigmoid_binary_cross_entropy,
    "one_of_many": optax.losses.softmax_cross_entropy_with_integer_labels,
    "any_of_many": optax.losses.sigmoid_binary_cross_entropy,
}


def task_loss(kind, outputs, targets):
    if kind in ("number", "yes_no"):
        targets = jnp.reshape(targets, outputs.shape)
    return jnp.mean(LOSSES[kind](outputs, targets))
