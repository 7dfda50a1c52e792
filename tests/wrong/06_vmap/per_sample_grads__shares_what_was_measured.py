"""Hands all measurements to each sample."""
# diagnosis: samples-mixed

import jax
import jax.numpy as jnp


def per_sample_grads(params, X, y):
    def loss(params, x, y):
        return jnp.mean((x @ params["w"] + params["b"] - y) ** 2)

    return jax.vmap(jax.grad(loss), in_axes=(None, 0, None))(params, X, y)
