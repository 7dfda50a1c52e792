"""Returns in the first round."""
# diagnosis: one-step-only

import jax
import jax.numpy as jnp


def gradient_descent(losses, params, x, y, lr, steps):
    for _ in range(steps):
        grads = jax.grad(lambda p: jnp.mean(losses(p, x, y)))(params)
        params = jax.tree.map(lambda p, g: p - lr * g, params, grads)
        return params
    return params
