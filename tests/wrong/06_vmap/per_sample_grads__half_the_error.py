"""Halves the squared error, as some libraries do."""
# diagnosis: wrong-value

import jax


def per_sample_grads(params, X, y):
    def loss(params, x, y):
        return 0.5 * (x @ params["w"] + params["b"] - y) ** 2

    return jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, X, y)
