"""Takes the gradient of a number."""
# diagnosis: grad-of-value

import jax


def descend(loss, w, rate, steps):
    for _ in range(steps):
        w = w - rate * jax.grad(loss(w))(w)
    return w
