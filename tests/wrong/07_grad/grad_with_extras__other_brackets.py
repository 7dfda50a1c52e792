"""Puts the brackets around the wrong two."""
# diagnosis: aux-misplaced

import jax


def grad_with_extras(loss, params, x, y):
    value, (extras, grads) = jax.value_and_grad(loss, has_aux=True)(params, x, y)
    return value, extras, grads
