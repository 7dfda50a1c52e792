"""Returns the gradient alone."""
# diagnosis: wrong-kind

import jax


def loss_and_grad(loss, params, *data):
    return jax.grad(loss)(params, *data)
