"""Joins the old dictionary and one with the new entries, in JAX all through."""

import jax.numpy as jnp


def grow_population(state: dict) -> dict:
    counts = jnp.asarray(state["counts"])
    rate = jnp.asarray(state["rate"])
    return state | {"counts": counts * (1.0 + rate), "day": jnp.asarray(state["day"]) + 1}
