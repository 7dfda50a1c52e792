"""Asks for the gradient, and then for the rest."""
# diagnosis: loss-called-again

import jax


def grad_with_extras(loss, params, x, y):
    grads, extras = jax.grad(loss, has_aux=True)(params, x, y)
    value, _ = loss(params, x, y)
    return value, extras, grads
