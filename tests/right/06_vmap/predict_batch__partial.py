"""Binds the parameters with `partial`, and compiles."""

from functools import partial

import jax
import jax.numpy as jnp


def predict_one(params, x):
    hidden = jnp.maximum(params["hidden"]["w"].T @ x + params["hidden"]["b"], 0)
    return hidden @ params["out"]["w"] + params["out"]["b"]


@jax.jit
def predict_batch(params, X):
    return jax.vmap(partial(predict_one, params))(X)
