"""Calls the loss before `value_and_grad` sees it."""
# diagnosis: grad-of-value

import jax


def loss_and_grad(loss, params, *data):
    return jax.value_and_grad(loss(params, *data))
