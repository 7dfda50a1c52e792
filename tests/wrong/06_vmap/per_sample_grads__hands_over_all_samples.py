"""Maps over the measurements only, and hands over all samples."""
# diagnosis: samples-mixed

import jax
import jax.numpy as jnp


def per_sample_grads(params, X, y):
    def loss(params, X, y):
        return jnp.mean((X @ params["w"] + params["b"] - y) ** 2)

    return jax.vmap(jax.grad(loss), in_axes=(None, None, 0))(params, X, y)
