"""Takes the batch mean of the features away first."""
# diagnosis: samples-mixed

import jax


def per_sample_grads(params, X, y):
    X = X - X.mean(axis=0)

    def loss(params, x, y):
        return (x @ params["w"] + params["b"] - y) ** 2

    return jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, X, y)
