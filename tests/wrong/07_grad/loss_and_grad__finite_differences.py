"""Estimates each slope with a call of its own."""
# diagnosis: loss-called-again

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def loss_and_grad(loss, params, *data):
    flat, back = ravel_pytree(params)
    value = loss(params, *data)
    slopes = jax.vmap(lambda way: jax.jvp(lambda p: loss(back(p), *data), (flat,), (way,))[1])(jnp.eye(len(flat)))
    return value, back(slopes)
