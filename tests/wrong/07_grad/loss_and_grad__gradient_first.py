"""Returns the gradient first."""
# diagnosis: pair-swapped

import jax


def loss_and_grad(loss, params, *data):
    value, grads = jax.value_and_grad(loss)(params, *data)
    return grads, value
