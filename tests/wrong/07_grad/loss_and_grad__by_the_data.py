"""Counts the arguments from one."""
# diagnosis: wrong-argument-differentiated

import jax


def loss_and_grad(loss, params, *data):
    if not data:
        return jax.value_and_grad(loss)(params)
    return jax.value_and_grad(loss, argnums=1)(params, *data)
