"""Adds the gradient."""
# diagnosis: gradient-uphill

import jax


def descend(loss, w, rate, steps):
    for _ in range(steps):
        w = w + rate * jax.grad(loss)(w)
    return w
