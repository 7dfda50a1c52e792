"""Makes a step for each row."""
# diagnosis: one-row-a-step

import jax


def gradient_descent(losses, params, x, y, lr, steps):
    for _ in range(steps):
        for i in range(len(y)):
            slopes = jax.grad(lambda p: losses(p, x[i : i + 1], y[i : i + 1])[0])(params)
            params = jax.tree.map(lambda p, g: p - lr * g, params, slopes)
    return params
