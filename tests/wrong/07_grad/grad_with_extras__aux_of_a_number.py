"""Takes the loss out of its pair, and announces a pair all the same."""
# diagnosis: has-aux-without-aux

import jax


def grad_with_extras(loss, params, x, y):
    def only_the_loss(params):
        return loss(params, x, y)[0]

    (value, extras), grads = jax.value_and_grad(only_the_loss, has_aux=True)(params)
    return value, extras, grads
