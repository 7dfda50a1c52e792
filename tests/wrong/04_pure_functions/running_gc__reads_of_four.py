"""Adds the length of the example."""
# diagnosis: length-written-in

import jax.numpy as jnp


def running_gc(state, read):
    gc = state["gc"] + jnp.sum((read == 1) | (read == 2))
    bases = state["bases"] + 4
    return {"gc": gc, "bases": bases}, gc / bases
