"""Counts in floats."""
# diagnosis: counted-in-floats

import jax.numpy as jnp


def running_gc(state, read):
    gc = state["gc"] + jnp.sum(jnp.where((read == 1) | (read == 2), 1.0, 0.0))
    bases = state["bases"] + read.shape[0]
    return {"gc": gc, "bases": bases}, gc / bases
