"""Picks the loss from a dictionary of functions."""

import jax.numpy as jnp
import optax

LOSSES = {
    "number": optax.losses.squared_error,
    "yes-no": optax.losses.sigmoid_binary_cross_entropy,
    "one-of-many": optax.losses.softmax_cross_entropy_with_integer_labels,
    "any-of-many": optax.losses.sigmoid_binary_cross_entropy,
}


def task_loss(kind, outputs, targets):
    if kind in ("number", "yes-no"):
        targets = jnp.reshape(targets, outputs.shape)
    return jnp.mean(LOSSES[kind](outputs, targets))
