"""Takes the gradient for the update."""
# diagnosis: learning-rate-left-out

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    loss = lambda p: jnp.mean(losses(p, x, y))
    for _ in range(steps):
        grads = jax.grad(loss)(params)
        params = jax.tree.map(lambda p, g: p - g, params, grads)
    return params
