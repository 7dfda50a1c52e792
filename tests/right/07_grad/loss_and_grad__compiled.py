"""Compiles, with the loss as a static argument."""

from functools import partial

import jax


@partial(jax.jit, static_argnums=0)
def loss_and_grad(loss, params, *data):
    return jax.value_and_grad(loss)(params, *data)
