"""Computes the loss, and then its gradient."""
# diagnosis: loss-called-again

import jax


def loss_and_grad(loss, params, *data):
    return loss(params, *data), jax.grad(loss)(params, *data)
