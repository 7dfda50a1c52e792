"""Does not announce what comes along."""
# diagnosis: aux-without-has-aux

import jax


def grad_with_extras(loss, params, x, y):
    (value, extras), grads = jax.value_and_grad(loss)(params, x, y)
    return value, extras, grads
