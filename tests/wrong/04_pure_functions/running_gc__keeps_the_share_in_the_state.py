"""Puts the share into the state as well."""
# diagnosis: wrong-keys

import jax.numpy as jnp


def running_gc(state, read):
    gc = state["gc"] + jnp.sum((read == 1) | (read == 2))
    bases = state["bases"] + read.shape[0]
    return {"gc": gc, "bases": bases, "share": gc / bases}, gc / bases
