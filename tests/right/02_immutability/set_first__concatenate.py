"""Joins the new value and the rest."""

import jax.numpy as jnp


def set_first(b, v):
    return jnp.concatenate([jnp.array([v], dtype=b.dtype), b[1:]])
