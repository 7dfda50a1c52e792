"""Lets the loss come along as well."""

import jax


def grad_with_extras(loss, params, x, y):
    def with_everything(p):
        value, extras = loss(p, x, y)
        return value, (value, extras)

    grads, (value, extras) = jax.grad(with_everything, has_aux=True)(params)
    return (value, extras, grads)
