"""Does not hand on the data."""
# diagnosis: wrong-arguments

import jax


def loss_and_grad(loss, params, *data):
    return jax.value_and_grad(loss)(params)
