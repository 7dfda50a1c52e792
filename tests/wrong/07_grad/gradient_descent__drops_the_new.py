"""Makes the new parameters and does not keep them."""
# diagnosis: nothing-changed

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    for _ in range(steps):
        grads = jax.grad(lambda p: jnp.mean(losses(p, x, y)))(params)
        jax.tree.map(lambda p, g: p - lr * g, params, grads)
    return params
