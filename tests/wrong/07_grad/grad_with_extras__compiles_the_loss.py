"""Compiles the loss, and runs the program twice."""
# diagnosis: loss-called-again

import jax


def grad_with_extras(loss, params, x, y):
    compiled = jax.jit(loss)
    value, extras = compiled(params, x, y)
    grads, _ = jax.grad(compiled, has_aux=True)(params, x, y)
    return value, extras, grads
