"""Computes the share from what came in."""
# diagnosis: read-not-counted-in

import jax.numpy as jnp


def running_gc(state, read):
    gc = state["gc"] + jnp.sum((read == 1) | (read == 2))
    bases = state["bases"] + read.shape[0]
    return {"gc": gc, "bases": bases}, state["gc"] / state["bases"]
