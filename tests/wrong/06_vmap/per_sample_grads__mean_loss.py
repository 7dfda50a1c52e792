"""Takes the gradient of the mean."""
# diagnosis: slopes-not-apart

import jax
import jax.numpy as jnp


def per_sample_grads(params, X, y):
    def loss(params):
        return jnp.mean((X @ params["w"] + params["b"] - y) ** 2)

    return jax.grad(loss)(params)
