"""Takes the mean loss of batches that hold one sample."""

import jax
import jax.numpy as jnp


def mse(params, X, y):
    return jnp.mean((X @ params["w"] + params["b"] - y) ** 2)


@jax.jit
def per_sample_grads(params, X, y):
    one = jax.vmap(jax.grad(mse), in_axes=(None, 0, 0))
    return one(params, X[:, None, :], y[:, None])
