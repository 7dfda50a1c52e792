"""Writes a `None` for every array."""

import jax
import jax.numpy as jnp


def predict_one(params, x):
    hidden = jnp.maximum(params["hidden"]["w"].T @ x + params["hidden"]["b"], 0)
    return hidden @ params["out"]["w"] + params["out"]["b"]


def predict_batch(params, X):
    shared = {"hidden": {"w": None, "b": None}, "out": {"w": None, "b": None}}
    return jax.vmap(predict_one, in_axes=(shared, 0), out_axes=0)(params, X)
