"""Returns what came, boxes and all."""
# diagnosis: aux-misplaced

import jax


def grad_with_extras(loss, params, x, y):
    return jax.value_and_grad(loss, has_aux=True)(params, x, y)
