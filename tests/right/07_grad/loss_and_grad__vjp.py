"""Goes backward by hand."""

import jax
import jax.numpy as jnp


def loss_and_grad(loss, params, *data):
    value, back = jax.vjp(lambda p: loss(p, *data), params)
    (grads,) = back(jnp.ones_like(value))
    return value, grads
