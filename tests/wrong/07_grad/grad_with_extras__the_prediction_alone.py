"""Takes the prediction out of the dictionary."""
# diagnosis: extras-in-parts

import jax


def grad_with_extras(loss, params, x, y):
    (l, e), g = jax.value_and_grad(loss, has_aux=True)(params, x, y)
    return l, e["predicted"], g
