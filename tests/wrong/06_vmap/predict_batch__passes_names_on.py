"""Hands the samples on by name."""
# diagnosis: in-axes-form

import jax
import jax.numpy as jnp


def predict_one(params, x):
    hidden = jnp.maximum(params["hidden"]["w"].T @ x + params["hidden"]["b"], 0)
    return hidden @ params["out"]["w"] + params["out"]["b"]


def predict_batch(params, X):
    return jax.vmap(predict_one, in_axes=(None, 0))(params, x=X)
