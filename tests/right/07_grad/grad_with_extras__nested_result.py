"""Takes the result apart step by step."""

import jax


def grad_with_extras(loss, params, x, y):
    result = jax.value_and_grad(loss, has_aux=True)(params, x, y)
    first, grads = result[0], result[1]
    return first[0], first[1], grads
