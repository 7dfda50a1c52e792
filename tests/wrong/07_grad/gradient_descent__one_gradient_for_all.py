"""Takes the gradient once, before the loop."""
# diagnosis: gradient-not-renewed

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    grads = jax.grad(lambda p: jnp.mean(losses(p, x, y)))(params)
    for _ in range(steps):
        params = jax.tree.map(lambda p, g: p - lr * g, params, grads)
    return params
