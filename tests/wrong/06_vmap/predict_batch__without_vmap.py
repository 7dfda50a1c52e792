"""Hands the whole table to the function for one sample."""
# diagnosis: shapes-do-not-fit

import jax.numpy as jnp


def predict_one(params, x):
    hidden = jnp.maximum(params["hidden"]["w"].T @ x + params["hidden"]["b"], 0)
    return hidden @ params["out"]["w"] + params["out"]["b"]


def predict_batch(params, X):
    return predict_one(params, X)
