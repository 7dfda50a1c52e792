"""A Python loop over the samples."""

import jax.numpy as jnp


def predict_one(params, x):
    hidden = jnp.maximum(params["hidden"]["w"].T @ x + params["hidden"]["b"], 0)
    return hidden @ params["out"]["w"] + params["out"]["b"]


def predict_batch(params, X):
    return jnp.array([predict_one(params, x) for x in X])
